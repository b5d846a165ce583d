import { css } from 'lit';

/** How keys look and how large they are: what fingers must hit is measured in true millimetres. */
export const keys = css`
  button {
    font: inherit;
    font-size: calc(4.6 * var(--u));
    line-height: 1.2;
    color: #ffffff;
    background: #20262d;
    border: calc(0.3 * var(--u)) solid #77808a;
    border-radius: calc(2.2 * var(--u));
    min-width: var(--touch);
    height: var(--touch-primary);
    padding: 0 calc(4 * var(--u));
    display: inline-flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 0.05em;
    cursor: pointer;
    white-space: nowrap;
    touch-action: manipulation;
  }
  button .zh,
  button b {
    font-weight: 600;
    font-size: 1.22em;
  }
  button .en,
  button small {
    font-size: 0.86em;
  }
  button.primary {
    background: #ffffff;
    border-color: #ffffff;
    color: #14181d;
    min-width: max(60 * var(--mm), 58 * var(--u));
  }
  button.primary .zh {
    font-size: 1.5em;
  }
  button:active {
    transform: scale(0.98);
    background: #3a424b;
  }
  button.primary:active {
    background: #d5d9dd;
  }
  button:focus-visible {
    outline: calc(0.8 * var(--u)) solid #8fb8ff;
    outline-offset: calc(0.6 * var(--u));
  }
  button:disabled {
    cursor: default;
    color: #aab1b9;
    background: #171b20;
    border: calc(0.3 * var(--u)) dashed #77808a;
    transform: none;
  }
  @media (prefers-reduced-motion: reduce) {
    button:active {
      transform: none;
    }
  }
`;
