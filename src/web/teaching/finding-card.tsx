import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type { z } from 'zod'
import type { labelFindings } from '../../api/operations/teaching.ts'
import { deskPath } from '../kit/desk-path.ts'
import { Button } from '../kit/elements/button.tsx'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { rowBars } from '../kit/words/row-bars.ts'
import { PlayPart } from '../player/play-part.tsx'
import styles from './label-doctor.module.css'

export type LabelFindings = z.output<typeof labelFindings>
export type Finding = LabelFindings['findings'][number]

/** Each name says what may be a mistake; the person who labelled may know better. */
const NAMES: Readonly<Record<Finding['code'], string>> = {
  GRID_DOUBT: 'Beat grid',
  PHRASE_OFF: 'Phrases',
  PHRASE_SHIFTS: 'Phrases',
  SAME_RECORDING: 'Same recording',
  CONTRADICTS: 'Contradiction',
  WRONG_KIND: 'Wrong kind?',
  EDGE_MOVED: 'Wrong edge?',
  DOUBTED_NAME: 'Wrong name?',
  PERHAPS_TWO_TYPES: 'Two in one?',
  TOO_SHORT: 'Short',
  OFF_BAR: 'Off the bars',
}

/** Names the sound of a finding for the preview. */
export const soundOf = ({ id }: Finding): string => `finding ${id}`

export const stretchOf = ({ listen }: Finding): { readonly from: number; readonly to: number } => ({
  from: Math.max(0, listen.start_seconds),
  to: listen.end_seconds,
})

const Beside = ({ finding }: { readonly finding: Finding }): ReactElement => (
  <ul className={styles.beside} aria-label="Hear it beside these">
    {finding.beside.map((other) => (
      <li key={`${other.track_id} ${other.start_beat}`}>
        <PlayPart
          part={`beside ${finding.id} ${other.track_id} ${other.start_beat}`}
          trackId={other.track_id}
          stretch={{ from: Math.max(0, other.start_seconds), to: other.end_seconds }}
          name={`${other.kind} of ${other.track_title}`}
        />
        {other.kind && <KindChip kind={other.kind} />}
        <span className={styles.title}>{other.track_title}</span>
        <span className="quiet figures">{rowBars(other)}</span>
      </li>
    ))}
  </ul>
)

export type FindingActs = { readonly onMend: () => void; readonly onDismiss: () => void }

/** One finding, and what can be done about it. */
export const FindingCard = ({
  finding,
  isChosen,
  onChoose,
  onMend,
  onDismiss,
}: FindingActs & {
  readonly finding: Finding
  readonly isChosen: boolean
  readonly onChoose: () => void
}): ReactElement => (
  <li
    className={styles.finding}
    data-chosen={isChosen || undefined}
    aria-current={isChosen || undefined}
    tabIndex={isChosen ? -1 : undefined}
  >
    <div className={styles.line}>
      <PlayPart
        part={soundOf(finding)}
        trackId={finding.track_id}
        stretch={stretchOf(finding)}
        name={`part of ${finding.track_title}`}
      />
      <span className={styles.name}>{NAMES[finding.code]}</span>
      {finding.kind && <KindChip kind={finding.kind} />}
      <Link to={deskPath(finding.track_id, finding.start_beat)}>
        {finding.track_title}, {rowBars(finding)}
      </Link>
      {!isChosen && (
        <Button look="bare" onClick={onChoose} aria-label={`Look at ${finding.track_title}, ${rowBars(finding)}`}>
          Look
        </Button>
      )}
    </div>
    <p>{finding.message}</p>
    {isChosen && (
      <>
        {finding.beside.length > 0 && <Beside finding={finding} />}
        <div className={styles.acts}>
          {finding.mend_text !== null && (
            <Button look="main" onClick={onMend} title="M">
              {finding.mend_text}
            </Button>
          )}
          <Button onClick={onDismiss} title="X">
            It is right as it is
          </Button>
        </div>
      </>
    )}
  </li>
)
