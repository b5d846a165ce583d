import { css } from 'lit';

/** What an import reports: counts in a row, and lists below them. */
export const reportStyles = css`
  dl {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 24px;
    margin: 16px 0;
  }
  dt {
    color: var(--ink2);
    font-size: 12px;
    line-height: 18px;
  }
  dd {
    margin: 0;
    font-size: 18px;
    line-height: 26px;
    font-weight: 600;
  }
  h3 {
    margin: 16px 0 4px;
    font-size: 14px;
    line-height: 22px;
  }
`;
