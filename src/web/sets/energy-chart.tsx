import type { ReactElement } from 'react'
import { percentText } from '../kit/words/percent-text.ts'
import styles from './energy-chart.module.css'
import type { PlannedSet } from './set-state.ts'

const [WIDTH, HEIGHT] = [1000, 120] as const
const GAP = 4

/** The energy of each place as a bar, and the wished arc as a line above. The table below says the same in figures. */
export const EnergyChart = ({ plan }: { readonly plan: PlannedSet }): ReactElement => {
  const { energies, arc, tracks } = plan
  const step = WIDTH / tracks.length
  const line = arc.map((wished, place) => `${(place + 0.5) * step},${(1 - wished) * HEIGHT}`).join(' ')
  return (
    <figure className={styles.figure}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label="Energy of the set">
        {energies.map((energy, place) => (
          <rect
            key={tracks[place]!.id}
            className={styles.bar}
            x={place * step + GAP / 2}
            width={Math.max(1, step - GAP)}
            y={(1 - energy) * HEIGHT}
            height={Math.max(1, energy * HEIGHT)}
          >
            <title>
              {place + 1}. {tracks[place]!.title}: {percentText(energy, 0)}, wished for {percentText(arc[place]!, 0)}
            </title>
          </rect>
        ))}
        <polyline className={styles.arc} points={line} vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption className="quiet">
        Bars: energy of each track, from the calmest to the most energetic one there is to choose from. Line: as wished.
      </figcaption>
    </figure>
  )
}
