/** Points of interest of a song: cues, loops, breaks, the points of the automatic mix, and the grid. */
import { readCueName } from '../cue-names.ts'
import { readNumber, readPositive, readTempo } from '../foreign-fields.ts'
import type { ForeignAnchor, ForeignCue, ForeignCueType, ForeignTrack } from '../foreign-library.ts'
import { gridOfAnchors, sortCues } from '../sort-cues.ts'
import type { WarningTally } from '../warning-tally.ts'
import type { XmlAttributes } from '../xml-reader.ts'
import { OLD_SAMPLE_RATE_HZ, readArgb } from './read-virtualdj-song.ts'

export type Poi = { readonly attributes: XmlAttributes; readonly isOld: boolean }

const AUTOMIX_POINTS: Readonly<Record<string, ForeignCueType>> = {
  realStart: 'load',
  fadeStart: 'fade-in',
  fadeEnd: 'fade-out',
  realEnd: 'end',
}
const BREAK = /^(End )?Break (\d+)$/

/** A missing place is the beginning; one that is no number is none. */
const hasPlace = ({ attributes: { Pos } }: Poi): boolean => !Pos || readNumber(Pos) !== null

/** Points of versions 6 and 7 count samples. */
const secondsOf = ({ attributes, isOld }: Poi): number => {
  const at = readNumber(attributes.Pos) ?? 0
  return isOld && Number.isInteger(at) ? at / OLD_SAMPLE_RATE_HZ : at
}

const padOf = ({ Num, Slot }: XmlAttributes): number | null => {
  const number = readPositive(Num) ?? readPositive(Slot)
  return number !== null && Number.isInteger(number) ? number - 1 : null
}

const automatic = (type: ForeignCueType, startSeconds: number, endSeconds: number | null): ForeignCue => ({
  type,
  pad: null,
  startSeconds,
  endSeconds,
  name: null,
  colour: null,
  isAutomatic: true,
})

const pointOf = (poi: Poi, bpm: number | null, place: string, warnings: WarningTally): ForeignCue => {
  const { attributes } = poi
  const startSeconds = secondsOf(poi)
  const { name, isAutomatic, isEnd } = readCueName(attributes.Name)
  const beats = readPositive(attributes.Size)
  const endSeconds = beats === null || bpm === null ? null : startSeconds + (beats * 60) / bpm
  const isLoop = attributes.Type === 'loop' && endSeconds !== null && endSeconds > startSeconds
  if (attributes.Type === 'loop' && !isLoop) warnings.add('A loop without an end was taken for a point.', place)
  return {
    type: isEnd ? 'end' : isLoop ? 'loop' : 'cue',
    pad: padOf(attributes),
    startSeconds,
    endSeconds: isLoop ? endSeconds : null,
    name,
    colour: readArgb(attributes.Color),
    isAutomatic: isAutomatic || (attributes.Type === 'remix' && name === null),
  }
}

/** "Break 1" lasts until "End Break 1". */
const pairBreaks = (pois: readonly Poi[], place: string, warnings: WarningTally): readonly ForeignCue[] => {
  const ends = new Map<string, number>()
  for (const poi of pois) {
    const [, isEnd, number] = BREAK.exec(poi.attributes.Name ?? '') ?? []
    if (isEnd !== undefined && number !== undefined) ends.set(number, secondsOf(poi))
  }
  const starts = pois.filter(({ attributes }) => !attributes.Name?.startsWith('End '))
  if (ends.size > starts.length) warnings.add('The end of a break without its beginning was passed over.', place)
  return starts.map((poi) => {
    const end = ends.get(BREAK.exec(poi.attributes.Name!)![2]!)
    const start = secondsOf(poi)
    return automatic('break', start, end !== undefined && end > start ? end : null)
  })
}

const isBreak = ({ attributes }: Poi): boolean =>
  BREAK.test(attributes.Name ?? '') && padOf(attributes) === null && attributes.Type !== 'cue'

const KNOWN_TYPES: readonly string[] = ['cue', 'loop', 'remix', 'automix', 'beatgrid', 'action']

/** @param bpm of the song @param phaseSeconds of a beat, where that is told instead of points of a grid */
export const readPois = (
  told: readonly Poi[],
  { bpm, phaseSeconds }: { readonly bpm: number | null; readonly phaseSeconds: number | null },
  place: string,
  warnings: WarningTally,
): Pick<ForeignTrack, 'cues' | 'grid'> => {
  const pois = told.filter(hasPlace)
  for (let lost = told.length - pois.length; lost > 0; lost--)
    warnings.add('A point without a place was passed over.', place)
  const anchors: ForeignAnchor[] = []
  const cues: ForeignCue[] = [...pairBreaks(pois.filter(isBreak), place, warnings)]
  for (const poi of pois) {
    const type = poi.attributes.Type ?? 'cue'
    if (!KNOWN_TYPES.includes(type)) warnings.add('A point of an unknown type was passed over.', place)
    else if (type === 'beatgrid') {
      const own = readTempo(poi.attributes.Bpm) ?? bpm
      if (own === null) warnings.add('A grid point without a possible tempo was passed over.', place)
      else anchors.push({ seconds: secondsOf(poi), bpm: own, beatOfBar: null })
    } else if (type === 'automix') {
      const use = AUTOMIX_POINTS[poi.attributes.Point ?? '']
      if (use !== undefined) cues.push(automatic(use, secondsOf(poi), null))
    } else if (type !== 'action' && !isBreak(poi)) cues.push(pointOf(poi, bpm, place, warnings))
  }
  if (anchors.length === 0 && phaseSeconds !== null && bpm !== null)
    anchors.push({ seconds: phaseSeconds, bpm, beatOfBar: null })
  return { cues: sortCues(cues), grid: gridOfAnchors(anchors) }
}
