/** Our cues in a copy of an XML that rekordbox exported. */

import type { ExportedLibrary } from '../exported-library.ts'
import { readNumber } from '../foreign-fields.ts'
import { locationOfUrl } from '../foreign-location.ts'
import { pathKey } from '../foreign-paths.ts'
import type { LibraryMerge, MergeMode } from '../merge-cues.ts'
import { mergeXmlLibrary, type XmlCollection } from '../merge-xml-library.ts'
import { childrenNamed } from '../xml-places.ts'
import { rekordboxMarks, rekordboxTempi, rekordboxTrack } from './write-rekordbox-xml.ts'

const LOOP = 4

const REKORDBOX: XmlCollection = {
  names: { root: 'DJ_PLAYLISTS', track: 'TRACK', count: 'Entries' },
  keyOfElement: ({ attributes }) => pathKey(locationOfUrl(attributes.Location ?? '').path ?? ''),
  keyOfTrack: ({ path }) => pathKey(path),
  cuesIn: (element) => childrenNamed(element, 'POSITION_MARK'),
  gridIn: (element) => childrenNamed(element, 'TEMPO'),
  presentCue: ({ attributes: { Num, Start, Type } }) => {
    const number = readNumber(Num) ?? -1
    return { pad: number < 0 ? null : number, startSeconds: readNumber(Start) ?? 0, isLoop: readNumber(Type) === LOOP }
  },
  hasGridOnPads: false,
  grid: rekordboxTempi,
  cues: rekordboxMarks,
  tracks: (added, present) => {
    const lastId = present.reduce((last, { attributes }) => Math.max(last, readNumber(attributes.TrackID) ?? 0), 0)
    return added.map((track, at) => rekordboxTrack({ ...track, id: lastId + 1 + at }))
  },
}

export const mergeRekordboxXml = (text: string, library: ExportedLibrary, mode: MergeMode): LibraryMerge =>
  mergeXmlLibrary(text, library, mode, REKORDBOX)
