import { useQuery } from '@tanstack/react-query'
import { ArrowLeftRight } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { type KeyNotation, keyInNotation } from '../../core/library/key-notation.ts'
import { countText } from '../../core/units/count-text.ts'
import type { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { DialogFrame } from '../kit/elements/dialog-frame.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { useDisplay } from '../kit/words/display.ts'
import { tempoText } from '../kit/words/likeness-words.ts'
import { percentText } from '../kit/words/percent-text.ts'
import { timeText } from '../kit/words/time-text.ts'
import { queryOf } from '../queries/query-of.ts'
import styles from './transition-dialog.module.css'

type Judged = Awaited<ReturnType<typeof client.transition>>
type Part = Judged['parts'][number]

const NAMES: Readonly<Record<Part['part'], string>> = {
  sound: 'Sound',
  key: 'Key and tuning',
  tempo: 'Tempo',
  energy: 'Energy',
  voices: 'Two voices at once',
  basses: 'Two basses at once',
}
const CHOSEN = { label: 'your label', suggestion: 'suggested', place: 'no section known, chosen by position' } as const

const percent = (share: Part['from']): string => (typeof share === 'number' ? percentText(share, 0) : '–')

const keyOf = (key: Part['from'], notation: KeyNotation): string =>
  typeof key === 'string' ? keyInNotation(key, notation) : '–'

/** Words for what a part was judged by. */
const WORDS: Readonly<Record<Part['part'], (part: Part, notation: KeyNotation) => string>> = {
  sound: ({ difference }) => (difference === null ? '' : `distance ${difference.toFixed(2)}, about 1.4 is usual`),
  key: ({ from, to, difference }, notation) =>
    `${keyOf(from, notation)} to ${keyOf(to, notation)}${difference === null ? '' : `, tuned ${countText(Math.round(difference), 'cent')} apart`}`,
  tempo: ({ difference }) => tempoText(difference),
  energy: ({ from, to }) => `${percent(from)} to ${percent(to)}`,
  voices: ({ from, to }) => `a voice in ${percent(from)} of the outro, ${percent(to)} of the intro`,
  basses: ({ from, to }) => `full bass in ${percent(from)} of the outro, ${percent(to)} of the intro`,
}

const Side = ({ name, side }: { readonly name: string; readonly side: Judged['from'] }): ReactElement => (
  <p>
    {name} of <strong>{side.track.title}</strong>, {timeText(Math.max(0, side.start_seconds))}–
    {timeText(side.end_seconds)} <span className="quiet">({CHOSEN[side.chosen_by]})</span>
  </p>
)

/** Over which bars the two can be mixed, the best way first. */
const Ways = ({ from, to }: { readonly from: number; readonly to: number }): ReactElement | null => {
  const { data, error } = useQuery(queryOf('transitions', { params: { id: from }, query: { to: String(to) } }))
  if (error) return <ProblemNote error={error} />
  if (!data || data.length === 0) return null
  return (
    <section>
      <h3>Ways to mix them</h3>
      <ul>
        {data.map(({ style, score, sentence }) => (
          <li key={style}>
            {sentence} <span className="quiet figures">{score?.toFixed(2)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

type TransitionDialogProps = {
  /** The ids of two tracks; the person can swap which plays first. */
  readonly pair: readonly [number, number]
  readonly onClose: () => void
}

/** How well one track goes over into another, and why. */
export const TransitionDialog = ({ pair, onClose }: TransitionDialogProps): ReactElement => {
  const notation = useDisplay((state) => state.keyNotation)
  const [isTurned, setTurned] = useState(false)
  const [from, to] = isTurned ? [pair[1], pair[0]] : pair
  const { data, error } = useQuery(queryOf('transition', { params: { id: from }, query: { to: String(to) } }))
  return (
    <DialogFrame title="From one track to the next" size="wide" isOpen onClose={onClose}>
      {error && <ProblemNote error={error} />}
      {!data && !error && <p className="quiet">Listening…</p>}
      {data && (
        <>
          <Side name="Outro" side={data.from} />
          <Side name="Intro" side={data.to} />
          <p role="status">
            {data.score === null ? 'Nothing is known about either track yet.' : `Fits: ${data.score.toFixed(2)} of 1`}
          </p>
          <table className={styles.parts}>
            <tbody>
              {data.parts.map((part) => (
                <tr key={part.part}>
                  <th scope="row">{NAMES[part.part]}</th>
                  <td>
                    {part.score === null ? (
                      <span className="quiet">not known</span>
                    ) : (
                      <meter min={0} max={1} value={part.score} aria-label={NAMES[part.part]}>
                        {part.score.toFixed(2)}
                      </meter>
                    )}
                  </td>
                  <td className="figures quiet">{part.score !== null && WORDS[part.part](part, notation)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <Ways from={from} to={to} />
          <div>
            <Button onClick={() => setTurned(!isTurned)}>
              <ArrowLeftRight size={14} aria-hidden="true" /> The other way round
            </Button>
          </div>
        </>
      )}
    </DialogFrame>
  )
}
