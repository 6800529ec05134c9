/** What Serato keeps in the tags of an audio file, as cues and a grid. */
import type { Bpm } from '../../../units/units.ts'
import { readCueName } from '../cue-names.ts'
import { readTempo } from '../foreign-fields.ts'
import type { ForeignCue, ForeignTrack } from '../foreign-library.ts'
import { sortCues } from '../sort-cues.ts'
import type { WarningTally } from '../warning-tally.ts'
import { cuesWithin } from '../within-track.ts'
import { OLD_CUES, parseMarkers } from './markers-old.ts'
import { parseMarkers2 } from './markers2.ts'
import { parseSeratoGrid } from './serato-beat-grid.ts'
import { shownCueColour, shownTrackColour } from './serato-colours.ts'
import type { SeratoFrames } from './serato-frames.ts'
import { NO_MARKS, type SeratoCue, type SeratoLoop, type SeratoMarks } from './serato-marks.ts'

/** Where both frames are there, Serato itself believes the old one of the first five cues, and of these only names come from the new one. */
export const mergeMarks = (old: SeratoMarks | null, marks: SeratoMarks | null): SeratoMarks => {
  if (old === null) return marks ?? NO_MARKS
  if (marks === null) return old
  const nameOf = new Map(marks.cues.map(({ pad, name }) => [pad, name]))
  return {
    ...marks,
    cues: [
      ...old.cues.map((cue) => ({ ...cue, name: nameOf.get(cue.pad) ?? '' })),
      ...marks.cues.filter(({ pad }) => pad >= OLD_CUES),
    ],
  }
}

export const readSeratoMarks = (frames: SeratoFrames, place: string | null, warnings: WarningTally): SeratoMarks =>
  mergeMarks(
    frames.markers === undefined ? null : parseMarkers(frames.markers, frames.layout, place, warnings),
    frames.markers2 === undefined ? null : parseMarkers2(frames.markers2, place, warnings),
  )

const toCue = ({ pad, startMs, colour, name }: SeratoCue): ForeignCue => {
  const { name: given, isAutomatic, isEnd } = readCueName(name)
  return {
    type: isEnd ? 'end' : 'cue',
    pad,
    startSeconds: startMs / 1000,
    endSeconds: null,
    name: given,
    colour: shownCueColour(colour, pad),
    isAutomatic,
  }
}

const toLoop = ({ slot, startMs, endMs, name }: SeratoLoop): ForeignCue => {
  const { name: given, isAutomatic } = readCueName(name)
  return {
    type: 'loop',
    pad: slot,
    startSeconds: startMs / 1000,
    endSeconds: endMs / 1000,
    name: given,
    colour: null,
    isAutomatic,
  }
}

/** Texts of "Serato Autotags": tempo, automatic gain, gain. */
const tempoOf = (autotags: Uint8Array): Bpm | null => {
  const end = autotags.indexOf(0, 2)
  return end < 0 ? null : readTempo(new TextDecoder('latin1').decode(autotags.subarray(2, end)))
}

/** @param track as the database or the audio file tells it: a duration drops what lies beyond it */
export const withSeratoFrames = (track: ForeignTrack, frames: SeratoFrames, warnings: WarningTally): ForeignTrack => {
  const place = track.title ?? track.location.path
  const marks = readSeratoMarks(frames, place, warnings)
  const cues = sortCues(cuesWithin([...marks.cues.map(toCue), ...marks.loops.map(toLoop)], track, warnings))
  const grid = frames.beatGrid === undefined ? null : parseSeratoGrid(frames.beatGrid, place, warnings)
  const tempo = frames.autotags === undefined ? null : tempoOf(frames.autotags)
  return {
    ...track,
    bpm: track.bpm ?? tempo ?? grid?.anchors[0]?.bpm ?? null,
    colour: track.colour ?? (marks.trackColour === null ? null : shownTrackColour(marks.trackColour)),
    grid,
    cues,
  }
}
