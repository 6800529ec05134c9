import type { ReactElement } from 'react'
import { Panel } from '../kit/elements/panel.tsx'
import type { Colours } from './graph-colours.ts'
import styles from './graph-legend.module.css'

/** What the colours stand for, and how many tracks have each. */
export const GraphLegend = ({ colours }: { readonly colours: Colours }): ReactElement => (
  <Panel title="Colours">
    <ul className={styles.legend}>
      {colours.legend.map(({ name, colour, tracks }) => (
        <li key={name}>
          <svg viewBox="0 0 10 10" aria-hidden="true">
            <circle cx="5" cy="5" r="5" fill={colour} />
          </svg>
          <span>{name}</span>
          <span className="quiet figures">{tracks.toLocaleString('en-GB')}</span>
        </li>
      ))}
    </ul>
  </Panel>
)
