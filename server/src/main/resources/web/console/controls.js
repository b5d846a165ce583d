import { css } from 'lit';

/** How buttons, links and fields look, in every element of the console. */
export const controls = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  a {
    color: var(--accent);
    text-decoration: underline;
    text-decoration-color: color-mix(in srgb, currentcolor 35%, transparent);
    text-underline-offset: 3px;
  }
  a:hover {
    text-decoration-color: currentcolor;
  }
  button,
  input,
  select {
    font: inherit;
    font-variant-numeric: inherit;
    color: inherit;
    border-radius: var(--radius);
    border: 1px solid var(--line-control);
    background: var(--surface);
    min-height: 36px;
  }
  button {
    padding: 0 12px;
    cursor: pointer;
  }
  button:hover {
    background: var(--accent-soft);
    border-color: var(--accent);
  }
  button.primary {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
  button.primary:hover {
    filter: brightness(1.08);
  }
  button.plain {
    border-color: transparent;
    background: none;
  }
  button.plain:hover {
    background: var(--sunk);
  }
  button[aria-disabled="true"] {
    cursor: progress;
    opacity: 0.7;
  }
  input,
  select {
    width: 100%;
    padding: 0 10px;
    min-width: 0;
  }
  [aria-invalid="true"] {
    border-color: var(--danger);
    box-shadow: 0 0 0 1px var(--danger);
  }
  @media (pointer: coarse) {
    button,
    input,
    select {
      min-height: 44px;
    }
    input,
    select {
      font-size: 16px;
    }
  }
`;
