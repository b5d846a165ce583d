import { css } from 'lit';

/** The shape of a page: its head, cards, tables, and what stands in their place while there is nothing to show. */
export const pageStyles = css`
  :host {
    display: block;
  }
  .icon {
    width: 20px;
    height: 20px;
    flex: none;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 16px;
    margin-bottom: 16px;
  }
  h1 {
    margin: 0;
    font-size: 24px;
    line-height: 32px;
    font-weight: 600;
  }
  h1:focus {
    outline: none;
  }
  h2 {
    margin: 0;
    font-size: 18px;
    line-height: 26px;
    font-weight: 600;
  }
  .counts,
  .hint {
    margin: 0;
    color: var(--ink2);
  }
  .deeds {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-inline-start: auto;
  }
  .card {
    padding: 16px;
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: var(--radius-card);
  }
  .table {
    overflow-x: auto;
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: var(--radius-card);
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 13px;
    line-height: 20px;
  }
  th,
  td {
    padding: 8px 16px;
    text-align: start;
    vertical-align: top;
  }
  th {
    font-weight: 600;
    color: var(--ink2);
    white-space: nowrap;
  }
  tbody tr {
    border-top: 1px solid var(--line);
  }
  .number {
    text-align: end;
  }
  .tag {
    display: inline-block;
    padding: 0 8px;
    border-radius: var(--radius);
    font-size: 12px;
    line-height: 20px;
    white-space: nowrap;
    background: var(--sunk);
    color: var(--ink2);
  }
  .tag.ok {
    background: var(--ok-soft);
    color: var(--ok);
  }
  .tag.warn {
    background: var(--warn-soft);
    color: var(--warn);
  }
  .tag.danger {
    background: var(--danger-soft);
    color: var(--danger);
  }
  .tag.info {
    background: var(--info-soft);
    color: var(--info);
  }
  .instead {
    max-width: 38em;
    padding: 32px 16px;
    margin: 0 auto;
    text-align: center;
    color: var(--ink2);
  }
  .instead h2 {
    color: var(--ink);
  }
  .refused {
    padding: 12px 16px;
    border-radius: var(--radius);
    background: var(--danger-soft);
    color: var(--danger);
  }
  .refused p {
    margin: 0 0 8px;
  }
  /* A skeleton shows only where loading takes long enough to be seen. */
  .skeleton {
    height: 160px;
    border-radius: var(--radius-card);
    background: var(--sunk);
    animation: appear 0s 300ms both;
  }
  @keyframes appear {
    from {
      visibility: hidden;
    }
  }
  @media print {
    .deeds {
      display: none;
    }
  }
`;
