import { type ReactElement, useState } from 'react'
import { Link } from 'react-router'
import { deskPath } from '../kit/desk-path.ts'
import { Button } from '../kit/elements/button.tsx'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { rowBars } from '../kit/words/row-bars.ts'
import { type LabelQuality, useLabelQuality } from '../queries/use-training.ts'
import styles from './label-quality-notes.module.css'

type Flaw = LabelQuality['flaws'][number]

/** Each name says what may be a mistake; the person who labelled may know better. */
const NAMES: Readonly<Record<Flaw['code'], string>> = {
  CONTRADICTS: 'Contradiction',
  DOUBTED_NAME: 'Wrong name?',
  PERHAPS_TWO_TYPES: 'Two in one?',
  TOO_SHORT: 'Short',
  OFF_BAR: 'Off the bars',
}
const FIRST_SHOWN = 5

const Note = ({ flaw }: { readonly flaw: Flaw }): ReactElement => (
  <li>
    <span className={styles.name}>{NAMES[flaw.code]}</span>
    <span>
      <KindChip kind={flaw.label_value} />{' '}
      <Link to={deskPath(flaw.track_id, flaw.start_beat)}>
        {flaw.track_title}, {rowBars(flaw)}
      </Link>{' '}
      <span className="quiet">{flaw.message}</span>
    </span>
  </li>
)

const tracksText = (count: number): string => (count === 1 ? '1 track was' : `${count} tracks were`)

/** Labels that are worth a second look before anything is learnt from them; each leads to its place on the desk. */
export const LabelQualityNotes = (): ReactElement | null => {
  const { data: quality, error } = useLabelQuality()
  const [isWhole, setIsWhole] = useState(false)
  if (error) return <ProblemNote error={error} />
  if (!quality) return null
  const { flaws, imbalance, tracks_unheard: unheard } = quality
  const shown = isWhole ? flaws : flaws.slice(0, FIRST_SHOWN)
  return (
    <>
      {imbalance && <p className={styles.imbalance}>{imbalance.message}</p>}
      {flaws.length > 0 && (
        <section className={styles.quality} aria-labelledby="labels-to-look-at">
          <h3 id="labels-to-look-at">Worth a second look: {flaws.length}</h3>
          <ul>
            {shown.map((flaw) => (
              <Note key={`${flaw.label_id}${flaw.code}`} flaw={flaw} />
            ))}
          </ul>
          <Link to="/review">Go through them in the label doctor</Link>
          {flaws.length > FIRST_SHOWN && (
            <Button look="bare" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
              {isWhole ? 'Show fewer' : `Show all ${flaws.length}`}
            </Button>
          )}
        </section>
      )}
      {unheard > 0 && (
        <p className="quiet">
          {tracksText(unheard)} left out here: {unheard === 1 ? 'it has' : 'they have'} changed since the last analysis.
          Scan again to include {unheard === 1 ? 'it' : 'them'}.
        </p>
      )}
    </>
  )
}
