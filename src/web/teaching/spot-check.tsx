import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type { z } from 'zod'
import type { surePreview } from '../../api/operations/teaching.ts'
import { deskPath } from '../kit/desk-path.ts'
import { Button } from '../kit/elements/button.tsx'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { percentText } from '../kit/words/percent-text.ts'
import { rowBars } from '../kit/words/row-bars.ts'
import { PlayPart } from '../player/play-part.tsx'
import styles from './sure-suggestions.module.css'

export type SurePreview = z.output<typeof surePreview>
type Checked = SurePreview['spot_check'][number]
/** What the person said of suggestions of the spot check, by `checkKey`. */
export type Said = Readonly<Record<string, 'right' | 'wrong'>>

export const checkKey = ({ track_id, id }: Pick<Checked, 'track_id' | 'id'>): string => `${track_id} ${id}`

/** Ten at random, to be listened to before hundreds are accepted. */
export const SpotCheck = ({
  checked,
  said,
  onSay,
}: {
  readonly checked: readonly Checked[]
  readonly said: Said
  readonly onSay: (key: string, what: 'right' | 'wrong') => void
}): ReactElement => (
  <ol className={styles.check} aria-label="Listen to these first">
    {checked.map((one) => {
      const key = checkKey(one)
      const name = `${one.kind} of ${one.track_title}, ${rowBars(one)}`
      return (
        <li key={key} data-said={said[key]}>
          <PlayPart
            part={`sure ${key}`}
            trackId={one.track_id}
            stretch={{ from: Math.max(0, one.start_seconds), to: one.end_seconds }}
            name={name}
          />
          <KindChip kind={one.kind} />
          <Link to={deskPath(one.track_id, one.start_beat)}>
            {one.track_title}, {rowBars(one)}
          </Link>
          <span className="quiet figures">{percentText(one.precision, 0)}</span>
          <Button
            aria-pressed={said[key] === 'right'}
            aria-label={`Right: ${name}`}
            onClick={() => onSay(key, 'right')}
          >
            Right
          </Button>
          <Button
            aria-pressed={said[key] === 'wrong'}
            aria-label={`Wrong: ${name}`}
            onClick={() => onSay(key, 'wrong')}
          >
            Wrong
          </Button>
        </li>
      )
    })}
  </ol>
)
