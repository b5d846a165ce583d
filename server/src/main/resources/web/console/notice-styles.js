import { css } from 'lit';

/** A card at the lower edge that says what was done, over whatever page there is. */
export const noticeStyles = css`
  :host {
    position: fixed;
    z-index: 4;
    inset: auto 16px 16px;
    display: flex;
    justify-content: center;
    pointer-events: none;
  }
  .card {
    pointer-events: auto;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
    padding: 12px 16px;
    max-width: 720px;
    border-radius: var(--radius-card);
    border: 1px solid var(--line);
    background: var(--surface);
    box-shadow: var(--shadow);
  }
  p {
    margin: 0;
  }
  .word {
    font-weight: 600;
    color: var(--ok);
  }
`;
