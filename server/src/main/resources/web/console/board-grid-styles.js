import { css } from 'lit';
import { controls } from './controls.js';

/** How the board looks: paper, hairlines, and ink where somebody meets. */
export const gridStyles = [
  controls,
  css`
    :host {
      display: flex;
      flex-direction: column;
      position: relative;
      min-height: 0;
    }
    .scroll {
      overflow: auto;
      min-height: 0;
      background: var(--surface);
      border: 1px solid var(--line);
      border-radius: var(--radius-card);
      overscroll-behavior: contain;
    }
    .canvas {
      position: relative;
      user-select: none;
      contain: layout style;
    }
    .canvas:focus-visible {
      outline: none;
    }
    .scroll.ring {
      outline: 2px solid var(--accent);
      outline-offset: 2px;
    }
    .head {
      position: sticky;
      z-index: 4;
      top: 0;
      background: var(--surface);
      border-bottom: 1px solid var(--line);
    }
    .corner {
      position: sticky;
      z-index: 1;
      left: 0;
      width: 208px;
      height: 100%;
      padding: 12px 16px;
      font-size: 12px;
      line-height: 20px;
      color: var(--ink2);
      background: var(--surface);
      border-inline-end: 1px solid var(--line);
    }
    .tick {
      position: absolute;
      top: 12px;
      padding-inline-start: 6px;
      font-size: 12px;
      line-height: 20px;
      white-space: nowrap;
      color: var(--ink3);
    }
    .tick.major {
      color: var(--ink2);
    }
    .tick.day {
      top: 4px;
      font-weight: 600;
      line-height: 18px;
    }
    .tick.today {
      color: var(--accent);
    }
    .span {
      display: block;
      font-weight: 400;
      color: var(--ink3);
    }
    .now-mark {
      position: absolute;
      bottom: -1px;
      padding: 0 5px;
      translate: -50%;
      font-size: 11px;
      line-height: 16px;
      font-weight: 600;
      color: var(--surface);
      background: var(--danger);
      border-radius: 4px 4px 0 0;
    }
    .under {
      position: absolute;
      inset: 44px 0 0 auto;
      pointer-events: none;
    }
    .under > * {
      position: absolute;
      top: 0;
      bottom: 0;
    }
    .closed {
      background: var(--sunk);
    }
    .line {
      width: 1px;
      background: color-mix(in srgb, var(--line) 55%, transparent);
    }
    .line.major {
      background: var(--line);
    }
    .line.midnight {
      width: 2px;
      background: var(--line-control);
    }
    .past {
      left: 0;
      background: color-mix(in srgb, var(--sunk) 55%, transparent);
    }
    .now {
      width: 2px;
      translate: -1px;
      background: var(--danger);
    }
    .floor,
    .row {
      position: absolute;
      left: 0;
      right: 0;
      contain: strict;
    }
    .floor {
      z-index: 2;
      background: color-mix(in srgb, var(--bg) 92%, transparent);
      border-bottom: 1px solid var(--line);
    }
    .floor span {
      position: sticky;
      left: 0;
      display: inline-block;
      padding: 5px 16px;
      font-size: 12px;
      line-height: 20px;
      font-weight: 600;
      color: var(--ink2);
    }
    .row {
      border-bottom: 1px solid var(--line);
    }
    .row:hover {
      background: color-mix(in srgb, var(--accent-soft) 35%, transparent);
    }
    .room {
      position: sticky;
      z-index: 3;
      left: 0;
      width: 208px;
      height: 100%;
      padding: 5px 16px;
      background: var(--surface);
      border-inline-end: 1px solid var(--line);
    }
    .room a {
      display: block;
      overflow: hidden;
      font-weight: 600;
      line-height: 20px;
      color: var(--ink);
      text-decoration: none;
      white-space: nowrap;
      text-overflow: ellipsis;
    }
    .room a:hover {
      text-decoration: underline;
    }
    .face {
      display: block;
      overflow: hidden;
      font-size: 12px;
      line-height: 17px;
      color: var(--ink2);
      white-space: nowrap;
      text-overflow: ellipsis;
    }
    .lane {
      position: absolute;
      inset: 0 0 0 208px;
    }
    .slip {
      --tone: var(--ink2);
      position: absolute;
      top: 3px;
      height: 41px;
      padding: 3px 6px 3px 9px;
      contain: strict;
      overflow: hidden;
      font-size: 12px;
      line-height: 17px;
      color: var(--ink);
      background: color-mix(in srgb, var(--sunk) 60%, var(--surface));
      border: 1px solid color-mix(in srgb, var(--ink3) 45%, var(--line));
      border-radius: 5px;
      box-shadow: inset 3px 0 0 var(--tone);
      cursor: pointer;
    }
    .slip.movable {
      cursor: grab;
    }
    .slip:hover {
      border-color: var(--ink2);
    }
    .slip.own {
      --tone: var(--accent);
      background: var(--accent-soft);
      border-color: color-mix(in srgb, var(--accent) 45%, var(--line));
    }
    .slip.attendee {
      --tone: var(--accent);
    }
    .slip.running {
      --tone: var(--danger);
    }
    .slip.awaited {
      --tone: var(--warn);
    }
    .slip.over {
      --tone: var(--line-control);
      color: var(--ink2);
      background: transparent;
      border-color: var(--line);
    }
    .slip.requested,
    .slip.held {
      --tone: var(--warn);
      background: repeating-linear-gradient(135deg, var(--surface) 0 6px, color-mix(in srgb, var(--warn) 13%, var(--surface)) 6px 9px);
      border-style: dashed;
      border-color: var(--warn);
    }
    .slip.masked .subject {
      color: var(--ink2);
    }
    .slip.lifted {
      opacity: 0.45;
    }
    .subject,
    .meta {
      display: block;
      overflow: hidden;
      white-space: nowrap;
      text-overflow: ellipsis;
    }
    .subject {
      font-weight: 600;
    }
    .meta {
      color: var(--ink2);
    }
    .narrow {
      padding: 3px 2px 3px 6px;
    }
    .narrow .subject,
    .narrow .meta {
      text-overflow: clip;
    }
    .sliver > span {
      display: none;
    }
    .sliver {
      padding: 0;
      background: color-mix(in srgb, var(--tone) 55%, var(--surface));
      border-color: var(--tone);
    }
    .sliver.over {
      background: color-mix(in srgb, var(--tone) 30%, var(--surface));
    }
    .sliver.requested,
    .sliver.held {
      background: repeating-linear-gradient(135deg, var(--surface) 0 3px, var(--tone) 3px 5px);
    }
    .dot {
      display: inline-block;
      width: 8px;
      height: 8px;
      margin-inline-end: 4px;
      border: 1.5px solid var(--tone);
      border-radius: 50%;
    }
    .running .dot {
      background: var(--tone);
    }
    .awaited .dot {
      background: linear-gradient(90deg, var(--tone) 50%, transparent 50%);
    }
    .requested .dot,
    .held .dot {
      border-style: dotted;
    }
    .over .dot {
      border-radius: 1px;
      height: 2px;
      margin-block: 3px;
      background: var(--tone);
    }
    .edge {
      position: absolute;
      top: 0;
      bottom: 0;
      width: 7px;
      cursor: ew-resize;
    }
    .edge.from {
      left: 0;
    }
    .edge.until {
      right: 0;
    }
    .sliver .edge {
      display: none;
    }
    .fresh {
      animation: arrive 150ms ease-out;
    }
    @keyframes arrive {
      from {
        opacity: 0;
        transform: translateY(-4px);
      }
    }
    @media (prefers-reduced-motion: reduce) {
      .fresh {
        animation: none;
      }
    }
    .ghost {
      position: absolute;
      z-index: 2;
      top: 0;
      left: 0;
      height: 41px;
      padding: 11px 8px;
      overflow: hidden;
      font-size: 12px;
      line-height: 18px;
      font-weight: 600;
      white-space: nowrap;
      color: var(--accent);
      background: color-mix(in srgb, var(--accent-soft) 88%, transparent);
      border: 2px solid var(--accent);
      border-radius: 5px;
      box-shadow: var(--shadow);
      pointer-events: none;
      will-change: transform;
    }
    .ghost.narrow {
      padding-inline: 2px;
      text-align: center;
    }
    .ghost.clash {
      color: var(--danger);
      background: color-mix(in srgb, var(--danger-soft) 88%, transparent);
      border-color: var(--danger);
      border-style: dashed;
    }
    .ghost[hidden],
    .consequence[hidden] {
      display: none;
    }
    .consequence {
      position: absolute;
      z-index: 5;
      inset: auto 16px 16px;
      width: fit-content;
      max-width: calc(100% - 32px);
      margin: 0 auto;
      padding: 8px 16px;
      font-weight: 600;
      color: var(--ink);
      background: var(--surface);
      border: 1px solid var(--line);
      border-inline-start: 4px solid var(--accent);
      border-radius: var(--radius);
      box-shadow: var(--shadow);
      pointer-events: none;
    }
    .consequence.clash {
      border-inline-start-color: var(--danger);
    }
    .cursor {
      position: absolute;
      top: 2px;
      height: 43px;
      border: 2px solid var(--accent);
      border-radius: 6px;
      pointer-events: none;
      visibility: hidden;
    }
    .canvas:focus-visible .cursor {
      visibility: visible;
      background: color-mix(in srgb, var(--accent) 8%, transparent);
    }
    .unseen {
      position: absolute;
      width: 1px;
      height: 1px;
      margin: 0;
      overflow: hidden;
      clip-path: inset(50%);
    }
    @media print {
      .scroll {
        overflow: visible;
      }
    }
  `,
];
