import { html, svg, css, LitElement } from 'lit';

const RADIUS = 40;

/**
 * The shape that says a room's state without colour: a ring for free, a sector that depletes for what is to come, a disc for in use, a
 * notched disc for its end, a moon for closed, a broken ring for unknown.
 */
export class StateShape extends LitElement {
  static properties = { state: { type: String }, left: { type: Number } };

  static styles = css`
    :host {
      display: block;
      aspect-ratio: 1;
    }
    svg {
      display: block;
      width: 100%;
      height: 100%;
      fill: currentcolor;
      stroke: none;
    }
    .line {
      fill: none;
      stroke: currentcolor;
      stroke-width: 9;
    }
    .dashed {
      stroke-dasharray: 20 11.4;
    }
    .faint {
      opacity: 0.32;
    }
    .thin {
      stroke-width: 5;
    }
  `;

  constructor() {
    super();
    this.state = 'unknown';
    /** The share of the state that is still to come, 0 to 1; what a sector shows. */
    this.left = 0.25;
  }

  render() {
    return html`<svg viewBox="0 0 100 100" aria-hidden="true">${this.#shape()}</svg>`;
  }

  #shape() {
    switch (this.state) {
      case 'free':
        return svg`<circle class="line" cx="50" cy="50" r=${RADIUS}></circle>`;
      case 'preparing':
      case 'check-in':
        return svg`<circle class="line thin" cx="50" cy="50" r="42"></circle><path d=${sector(this.left, 34)}></path>`;
      case 'in-use':
        return svg`<circle cx="50" cy="50" r="45"></circle>`;
      case 'ending':
        return svg`<path d=${notched(Math.max(0.06, this.left))}></path>`;
      case 'over-time':
        return svg`<path fill-rule="evenodd" d="M50 5a45 45 0 1 0 .01 0zM43 21h14l-3 37h-8zM50 64a7.5 7.5 0 1 1-.01 0z"></path>`;
      case 'closed':
        return svg`<path d="M62 8a43 43 0 1 0 30 58a35 35 0 0 1-30-58z"></path>`;
      default:
        return svg`<circle class="line dashed" cx="50" cy="50" r=${RADIUS}></circle><path d="M36 40a14 14 0 1 1 21 12q-7 4-7 11" class="line thin"></path><circle cx="50" cy="73" r="4"></circle>`;
    }
  }
}

/** A sector from twelve o'clock on, clockwise. */
function sector(share, radius) {
  if (share >= 0.999) return `M50 ${50 - radius}a${radius} ${radius} 0 1 1-.01 0z`;
  const angle = 2 * Math.PI * Math.max(0, share);
  const x = 50 + radius * Math.sin(angle);
  const y = 50 - radius * Math.cos(angle);
  return `M50 50V${50 - radius}A${radius} ${radius} 0 ${Number(share > 0.5)} 1 ${x.toFixed(2)} ${y.toFixed(2)}z`;
}

/** A disc of which a quarter at most is gone, the more the less is left. */
function notched(left) {
  return sector(1 - 0.25 * (1.2 - Math.min(1, left)), 45);
}

customElements.define('state-shape', StateShape);
