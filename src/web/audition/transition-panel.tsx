import { useQuery } from '@tanstack/react-query'
import { Pause, Play, Timer } from 'lucide-react'
import { type ReactElement, useMemo, useState } from 'react'
import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import type { MixMove } from '../../core/mixing/mix-move.ts'
import { AUDITION_BARS } from '../../core/mixing/mix-range.ts'
import { type MixedTrack, trimOf } from '../../core/mixing/plan-mix.ts'
import { camelCase } from '../../core/support/camel-case.ts'
import { amplitudeToDecibels } from '../../core/units/units.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { notifyProblem } from '../kit/notices.tsx'
import { timeText } from '../kit/words/time-text.ts'
import { queryOf } from '../queries/query-of.ts'
import styles from './audition.module.css'
import { pauseSound, playSound, toggleSoundMetronome, useSound } from './audition-sound.ts'
import { MixPicture } from './mix-picture.tsx'
import { MoveFields } from './move-fields.tsx'
import { RenderMix } from './render-mix.tsx'
import { TrimField } from './trim-field.tsx'
import { type PairIds, planOf, useDecks, usePair } from './use-audition.ts'

type Transitions = Awaited<ReturnType<typeof client.transitions>>
type Transition = Transitions[number]
type Move = NonNullable<Transition['move']>

const toMove = (move: Move): MixMove => camelCase(move)
const toDocument = ({ fromBeat, toBeat, beats, curve, bassSwapBeat, nudgeMs }: MixMove): Move => ({
  from_beat: fromBeat,
  to_beat: toBeat,
  beats,
  curve,
  bass_swap_beat: bassSwapBeat,
  nudge_ms: nudgeMs,
})
const isSame = (one: MixMove, other: MixMove): boolean =>
  JSON.stringify(toDocument(one)) === JSON.stringify(toDocument(other))

const wayText = ({ style, score, kept, from_bars: [from], to_bars: [to] }: Transition): string =>
  `${kept ? 'As you set it' : `${style[0]!.toUpperCase()}${style.slice(1)}`}: bar ${from} to bar ${to}${score === null ? '' : `, ${score.toFixed(2)}`}`

/** The cue points of both tracks for this transition. */
const Cues = ({
  pair,
  move,
}: {
  readonly pair: readonly [MixedTrack, MixedTrack]
  readonly move: MixMove
}): ReactElement => (
  <p className="quiet">
    Cue points: {pair[0].title} mixes out at {timeText(Math.max(0, beatsToSeconds(pair[0].grid, move.fromBeat)))},{' '}
    {pair[1].title} mixes in at {timeText(Math.max(0, beatsToSeconds(pair[1].grid, move.toBeat)))}.
  </p>
)

type Done = { readonly text: string; readonly undo: (() => Promise<void>) | null }

/** Trims of both tracks that are kept where the audition was opened. */
export type KeptTrims = {
  readonly trimsDb: readonly [number, number]
  readonly onTrim: (deck: 0 | 1, trimDb: number) => void
}

const UNTRIMMED = [0, 0] as const

/** Listens to one track going into another, and changes over which bars it does. */
export const TransitionPanel = ({ from, to, trims }: PairIds & { readonly trims?: KeptTrims }): ReactElement => {
  const trimsDb = trims?.trimsDb ?? UNTRIMMED
  const ways = useQuery(queryOf('transitions', { params: { id: from }, query: { to: String(to) } }))
  const { pair, error } = usePair({ from, to }, trimsDb)
  const [edited, setEdited] = useState<MixMove | null>(null)
  /** What was kept or taken back last, and how that is undone. */
  const [done, setDone] = useState<Done | null>(null)
  const isPlaying = useSound((state) => state.isPlaying)
  const hasMetronome = useSound((state) => state.hasMetronome)
  const first = ways.data?.find(({ move }) => move !== null)?.move ?? null
  const move = useMemo(() => edited ?? (first && toMove(first)), [edited, first])
  const planned = useMemo(() => (pair && move ? planOf(pair, move) : null), [pair, move])
  const playable = planned instanceof Error ? null : planned
  const decks = useDecks({ from, to }, move, { pair, planned: playable })
  const kept = ways.data?.find((way) => way.kept)?.move ?? null
  const isKept = kept !== null && move !== null && isSame(toMove(kept), move)

  const put = async (body: Move | null): Promise<void> => {
    const params = { id: from, to }
    await (body === null ? client.dropTransition({ params }) : client.keepTransition({ params, body }))
    await ways.refetch()
  }
  const change = async (next: Move | null, text: string, isUndo = false): Promise<void> => {
    const before = kept
    try {
      await put(next)
      setEdited(null)
      setDone({ text, undo: isUndo ? null : () => change(before, 'As it was before', true) })
    } catch (failure) {
      notifyProblem(failure)
    }
  }

  const problem = error ?? ways.error
  if (problem) return <ProblemNote error={problem} />
  if (!(ways.data && pair)) return <p className="quiet">Loading both tracks…</p>
  if (move === null)
    return (
      <p>
        There is no way from one into the other: their tempi lie too far apart, or a track has no whole bar to mix over.
      </p>
    )
  return (
    <div className={styles.audition}>
      <label className={styles.field}>
        <span>Way</span>
        <select
          value={ways.data.findIndex((way) => way.move !== null && isSame(toMove(way.move), move))}
          onChange={({ target }) => {
            const way = ways.data[Number(target.value)]?.move
            if (way) setEdited(toMove(way))
          }}
        >
          <option value={-1} disabled>
            Changed by you
          </option>
          {ways.data.map((way, at) => (
            <option key={`${way.style}${way.from_bars[0]}`} value={at} disabled={way.move === null}>
              {wayText(way)}
            </option>
          ))}
        </select>
      </label>
      {playable && <MixPicture pair={pair} planned={playable} buffers={decks.buffers} />}
      {planned instanceof Error && <p role="alert">{planned.message}</p>}
      {/* Bars can be chosen and kept while a drive is away. */}
      {decks.error && playable && <ProblemNote error={decks.error} />}
      <div className={styles.actions}>
        {/* What is heard can be stopped, whatever has been made of the bars since. */}
        <Button
          look="main"
          disabled={!isPlaying && (!decks.buffers || playable === null)}
          onClick={isPlaying ? pauseSound : playSound}
        >
          {isPlaying ? <Pause size={15} aria-hidden="true" /> : <Play size={15} aria-hidden="true" />}{' '}
          {isPlaying ? 'Pause' : 'Listen'}
        </Button>
        <Button aria-pressed={hasMetronome} onClick={toggleSoundMetronome}>
          <Timer size={15} aria-hidden="true" /> Metronome
        </Button>
        <span role="status" className="quiet">
          {decks.isLoading ? 'Putting both tracks on one beat…' : ''}
        </span>
      </div>
      <MoveFields pair={pair} move={move} ratio={playable?.ratio ?? 1} onChange={setEdited} />
      {trims && (
        <div className={styles.actions}>
          {pair.map(({ title }, deck) => (
            <span key={deck === 0 ? from : to} className={styles.actions}>
              Trim of {title}
              <TrimField
                title={title}
                trimDb={trimsDb[deck]!}
                autoTrimDb={amplitudeToDecibels(trimOf(pair[deck]!))}
                onChange={(trimDb) => trims.onTrim(deck as 0 | 1, trimDb)}
              />
            </span>
          ))}
        </div>
      )}
      <Cues pair={pair} move={move} />
      <div className={styles.actions}>
        <Button disabled={isKept || playable === null} onClick={() => void change(toDocument(move), 'Kept')}>
          {isKept ? 'Kept' : 'Keep it so'}
        </Button>
        {kept !== null && <Button onClick={() => void change(null, 'Taken back')}>Take mine back</Button>}
        <span role="status" className={styles.actions}>
          {done?.text}
          {done?.undo && <Button onClick={() => void done.undo!()}>Undo</Button>}
        </span>
      </div>
      <div className={styles.actions}>
        <RenderMix
          name="Make a WAV file"
          body={{
            track_ids: [from, to],
            transitions: [toDocument(move)],
            trims_db: [...trimsDb],
            around_bars: AUDITION_BARS,
          }}
          isReady={playable !== null}
        />
      </div>
    </div>
  )
}
