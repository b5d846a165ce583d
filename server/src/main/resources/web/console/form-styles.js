import { css } from 'lit';

/** The shape of a form: one column, labels above, hints below. */
export const formStyles = css`
  :host {
    display: block;
  }
  form {
    display: grid;
    gap: 12px;
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: 36px;
  }
  h2 {
    margin: 0;
    font-size: 18px;
    line-height: 26px;
    font-weight: 600;
  }
  label,
  legend {
    display: block;
    padding: 0;
    font-weight: 600;
    margin-bottom: 4px;
  }
  .two {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 12px;
  }
  p {
    margin: 4px 0 0;
    font-size: 12px;
    line-height: 18px;
  }
  p:empty {
    display: none;
  }
  .hint {
    color: var(--ink2);
  }
  .zone {
    margin: -4px 0 0;
  }
  .error {
    color: var(--danger);
  }
  .times {
    display: flex;
    gap: 8px;
    margin-top: 8px;
  }
  fieldset {
    border: 0;
    margin: 0;
    padding: 12px;
    min-width: 0;
    border-radius: var(--radius);
    background: var(--warn-soft);
  }
  .choice {
    display: flex;
    align-items: center;
    gap: 8px;
    margin: 0;
    font-weight: 400;
    min-height: 32px;
  }
  .choice input {
    width: 18px;
    min-height: 18px;
    accent-color: var(--accent);
  }
  .primary {
    min-height: 44px;
  }
`;
