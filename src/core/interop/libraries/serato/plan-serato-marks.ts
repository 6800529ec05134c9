/** Which cues and loops go where in Serato's eight places each, and the frames that say so. */
import type { Seconds } from '../../../units/units.ts'
import type { ForeignGrid } from '../foreign-library.ts'
import { SAME_SECONDS } from '../merge-cues.ts'
import { formatMarkers, type MarkersLayout } from './markers-old.ts'
import { formatMarkers2 } from './markers2.ts'
import { formatSeratoGrid } from './serato-beat-grid.ts'
import { PAD_COLOURS, storedCueColour } from './serato-colours.ts'
import type { SeratoFrames } from './serato-frames.ts'
import { NO_MARKS, SERATO_PADS, type SeratoCue, type SeratoLoop, type SeratoMarks } from './serato-marks.ts'

export type WantedMark = {
  readonly startSeconds: Seconds
  /** Null for a point. */
  readonly endSeconds: Seconds | null
  readonly name: string
  /** "#rrggbb"; null for what the pad has by itself. */
  readonly colour: string | null
}

export type PlannedMarks = {
  readonly marks: SeratoMarks
  readonly written: number
  /** What had no place left, or was there already. */
  readonly skipped: readonly WantedMark[]
}

const SAME_MS = 1000 * SAME_SECONDS

const toMs = (seconds: Seconds): number => Math.max(0, Math.round(seconds * 1000))
const freePlaces = (taken: readonly number[]): number[] =>
  Array.from({ length: SERATO_PADS }, (_, place) => place).filter((place) => !taken.includes(place))

const isNear = (a: number, b: number): boolean => Math.abs(a - b) < SAME_MS

/**
 * @param wanted the most important first
 * @param mode `extend` leaves what is there as it is, `replace` takes all cues and loops away first
 */
export const planSeratoMarks = (
  before: SeratoMarks,
  wanted: readonly WantedMark[],
  mode: 'extend' | 'replace',
): PlannedMarks => {
  const start = mode === 'extend' ? before : { ...before, cues: [], loops: [] }
  const pads = freePlaces(start.cues.map(({ pad }) => pad))
  const slots = freePlaces(start.loops.map(({ slot }) => slot))
  const cues: SeratoCue[] = [...start.cues]
  const loops: SeratoLoop[] = [...start.loops]
  const skipped: WantedMark[] = []
  for (const mark of wanted) {
    const [startMs, endMs] = [toMs(mark.startSeconds), mark.endSeconds === null ? null : toMs(mark.endSeconds)]
    const isThere =
      endMs === null
        ? cues.some((cue) => isNear(cue.startMs, startMs))
        : loops.some((loop) => isNear(loop.startMs, startMs) && isNear(loop.endMs, endMs))
    const place = isThere || (endMs !== null && endMs <= startMs) ? undefined : (endMs === null ? pads : slots).shift()
    if (place === undefined) skipped.push(mark)
    else if (endMs === null)
      cues.push({
        pad: place,
        startMs,
        colour: mark.colour === null ? PAD_COLOURS[place]! : storedCueColour(mark.colour),
        name: mark.name,
      })
    else loops.push({ slot: place, startMs, endMs, isLocked: false, name: mark.name })
  }
  return {
    marks: {
      ...start,
      cues: cues.toSorted((a, b) => a.pad - b.pad),
      loops: loops.toSorted((a, b) => a.slot - b.slot),
    },
    written: wanted.length - skipped.length,
    skipped,
  }
}

export type SeratoFile = {
  readonly layout: MarkersLayout
  /** Vorbis comments have Markers2 only. */
  readonly hasOldMarks: boolean
}

/** Both frames of marks, since Serato believes the old one of the first five cues; the grid where one is given. */
export const formatSeratoFrames = (
  marks: SeratoMarks,
  grid: Pick<ForeignGrid, 'anchors'> | null,
  { layout, hasOldMarks }: SeratoFile,
  before: SeratoFrames | null,
): SeratoFrames => ({
  layout,
  markers2: formatMarkers2({ ...NO_MARKS, ...marks }, before?.markers2),
  ...(hasOldMarks ? { markers: formatMarkers(marks, layout) } : {}),
  ...(grid === null || grid.anchors.length === 0 ? {} : { beatGrid: formatSeratoGrid(grid) }),
})
