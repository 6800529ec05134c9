import { type ReactElement, useEffect, useMemo, useState } from 'react'
import { secondsToBeats } from '../../core/beats/beat-grid.ts'
import { barOf } from '../../core/labels/bar-text.ts'
import type { MixedTrack } from '../../core/mixing/plan-mix.ts'
import { sourceAt } from '../../core/mixing/time-map.ts'
import { timeText } from '../kit/words/time-text.ts'
import styles from './audition.module.css'
import { seekSound, soundPosition, stopAtEnd, useSound } from './audition-sound.ts'
import type { Planned } from './use-audition.ts'

const [WIDTH, LANE, GAP] = [1000, 60, 8] as const
const COLUMNS = 400
/** What a key moves by, in seconds. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

/** The outline of a deck as the path of an area. */
const outlineOf = (buffer: AudioBuffer, middle: number): string => {
  const samples = buffer.getChannelData(0)
  const step = samples.length / COLUMNS
  const heights = Array.from({ length: COLUMNS }, (_, column) => {
    let loudest = 0
    for (let n = Math.floor(column * step); n < (column + 1) * step; n += 8)
      loudest = Math.max(loudest, Math.abs(samples[n] ?? 0))
    return loudest * (LANE / 2)
  })
  const point = (column: number, y: number): string =>
    `${((column + 0.5) * WIDTH) / COLUMNS},${(middle + y).toFixed(1)}`
  return [
    ...heights.map((height, at) => point(at, -height)),
    ...heights.map((height, at) => point(at, height)).reverse(),
  ].join(' ')
}

type MixPictureProps = {
  readonly pair: readonly [MixedTrack, MixedTrack]
  readonly planned: Planned
  readonly buffers: readonly AudioBuffer[] | undefined
}

/** Where one is, in the bars of both tracks. */
const placeWords = (pair: MixPictureProps['pair'], { mix, range }: Planned, seconds: number): string => {
  const at = range.startSeconds + seconds
  const bars = pair.map(({ title, grid }, deck) => {
    const { map, startSeconds, endSeconds } = mix.decks[deck]!
    return at < startSeconds || at >= endSeconds
      ? null
      : `bar ${barOf(grid, secondsToBeats(grid, sourceAt(map, at)) + 1e-6)} of ${title}`
  })
  return `${timeText(seconds)}: ${bars.filter((words) => words !== null).join(', ')}`
}

/** Both decks one above the other, the window in which both sound, and where one is: a slider that is dragged or moved by keys. */
export const MixPicture = ({ pair, planned, buffers }: MixPictureProps): ReactElement => {
  const { mix, range } = planned
  const length = range.endSeconds - range.startSeconds
  const isPlaying = useSound((state) => state.isPlaying)
  const kept = useSound((state) => state.position)
  const [now, setNow] = useState(0)
  useEffect(() => {
    setNow(kept)
    if (!isPlaying) return
    let frame = 0
    const look = (): void => {
      setNow(soundPosition())
      stopAtEnd()
      frame = requestAnimationFrame(look)
    }
    frame = requestAnimationFrame(look)
    return () => cancelAnimationFrame(frame)
  }, [isPlaying, kept])
  const outlines = useMemo(
    () => buffers?.map((buffer, deck) => outlineOf(buffer, LANE / 2 + deck * (LANE + GAP))),
    [buffers],
  )
  const { startSeconds, endSeconds, bassSwapSeconds } = mix.overlaps[0]!
  const xOf = (seconds: number): number => ((seconds - range.startSeconds) / length) * WIDTH
  const height = 2 * LANE + GAP
  return (
    <div className={styles.picture}>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <rect
          className={styles.window}
          x={xOf(startSeconds)}
          width={xOf(endSeconds) - xOf(startSeconds)}
          height={height}
        />
        {outlines?.map((points, deck) => (
          <polygon
            key={pair[deck]!.title + String(deck)}
            className={deck === 0 ? styles.out : styles.into}
            points={points}
          />
        ))}
        {bassSwapSeconds !== null && (
          <line className={styles.swap} x1={xOf(bassSwapSeconds)} x2={xOf(bassSwapSeconds)} y1={0} y2={height} />
        )}
        <line className={styles.head} x1={(now / length) * WIDTH} x2={(now / length) * WIDTH} y1={0} y2={height} />
      </svg>
      <input
        type="range"
        className={styles.scrub}
        min={0}
        max={length}
        step={0.1}
        value={Math.min(now, length)}
        aria-label="Position"
        aria-valuetext={placeWords(pair, planned, now)}
        onChange={({ target }) => seekSound(target.valueAsNumber)}
        onKeyDown={(event) => {
          const step = STEPS[event.key]
          if (step === undefined) return
          event.preventDefault()
          seekSound(soundPosition() + step)
        }}
      />
      <p className="quiet figures">{placeWords(pair, planned, now)}</p>
    </div>
  )
}
