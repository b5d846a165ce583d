import { html } from 'lit';

/**
 * Both languages of a text, Chinese first, each marked as what it is.
 *
 * @param {{zh: string, en: string}} names
 */
export function bilingual({ zh, en }) {
  return html`<span class="zh" lang="zh-CN">${zh}</span> <span class="en" lang="en">${en}</span>`;
}
