/** Our cues in a copy of a collection of Traktor. */

import type { ExportedLibrary, ExportedTrack } from '../exported-library.ts'
import { readNumber } from '../foreign-fields.ts'
import { pathKey } from '../foreign-paths.ts'
import type { LibraryMerge, MergeMode } from '../merge-cues.ts'
import { mergeXmlLibrary, type XmlCollection } from '../merge-xml-library.ts'
import { childrenNamed, type PlacedElement } from '../xml-places.ts'
import { keyOfEntry } from './read-traktor-entry.ts'
import { traktorCue, traktorEntry, traktorKey, traktorMarkers } from './write-traktor-nml.ts'

const GRID = 4
const LOOP = 5

const typeOf = ({ attributes }: PlacedElement): number => readNumber(attributes.TYPE) ?? 0
const marksIn = (element: PlacedElement, isGrid: boolean): readonly PlacedElement[] =>
  childrenNamed(element, 'CUE_V2').filter((mark) => (typeOf(mark) === GRID) === isGrid)

/** What Traktor would call a track of ours. */
export const keyInTraktor = ({ path }: Pick<ExportedTrack, 'path'>): string => pathKey(traktorKey(path))

const TRAKTOR: XmlCollection = {
  names: { root: 'NML', track: 'ENTRY', count: 'ENTRIES' },
  keyOfElement: (entry) => pathKey(keyOfEntry(childrenNamed(entry, 'LOCATION')[0]?.attributes ?? {})),
  keyOfTrack: keyInTraktor,
  cuesIn: (entry) => marksIn(entry, false),
  gridIn: (entry) => marksIn(entry, true),
  presentCue: (mark) => {
    const pad = readNumber(mark.attributes.HOTCUE) ?? -1
    return {
      pad: pad < 0 ? null : pad,
      startSeconds: (readNumber(mark.attributes.START) ?? 0) / 1000,
      isLoop: typeOf(mark) === LOOP,
    }
  },
  // A beat marker that stays keeps its pad.
  hasGridOnPads: true,
  grid: traktorMarkers,
  cues: (cues) => cues.map(traktorCue),
  tracks: (added) => added.map(traktorEntry),
}

export const mergeTraktorNml = (text: string, library: ExportedLibrary, mode: MergeMode): LibraryMerge =>
  mergeXmlLibrary(text, library, mode, TRAKTOR)
