import { css } from 'lit';

/** How dialogs look; each says how wide it is by `--dialog-width`. */
export const dialogs = css`
  dialog {
    width: min(var(--dialog-width), calc(100vw - 32px));
    max-height: calc(100vh - 64px);
    padding: 24px;
    border: 1px solid var(--line);
    border-radius: var(--radius-card);
    background: var(--surface);
    color: var(--ink);
    box-shadow: var(--shadow);
    overflow-y: auto;
  }
  dialog::backdrop {
    background: rgb(20 24 29 / 45%);
  }
  h2 {
    margin: 0;
    font-size: 18px;
    line-height: 26px;
  }
`;
