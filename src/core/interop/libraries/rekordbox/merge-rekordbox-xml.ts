/** Our cues in a copy of an XML that rekordbox exported; what we do not know of it stays as it is. */

import type { ExportedLibrary, ExportedTrack } from '../exported-library.ts'
import { readNumber } from '../foreign-fields.ts'
import { locationOfUrl } from '../foreign-location.ts'
import { pathKey } from '../foreign-paths.ts'
import { extendCues, type LibraryMerge, type MergeMode, type PresentCue, type TrackMerge } from '../merge-cues.ts'
import {
  appendChildren,
  applyEdits,
  changeCount,
  childrenNamed,
  type PlacedElement,
  placeElements,
  removal,
  type XmlEdit,
} from '../xml-places.ts'
import { formatXml } from '../xml-writer.ts'
import { rekordboxMarks, rekordboxTempi, rekordboxTrack } from './write-rekordbox-xml.ts'

const PADS = 8
const LOOP = 4

const presentCue = ({ attributes: { Num, Start, Type } }: PlacedElement): PresentCue => {
  const number = readNumber(Num) ?? -1
  return { pad: number < 0 ? null : number, startSeconds: readNumber(Start) ?? 0, isLoop: readNumber(Type) === LOOP }
}

/** @param options.mode `extend` never touches a mark that is there; `replace` takes away those of the tracks that are written, and of no other */
export const mergeRekordboxXml = (text: string, { tracks }: ExportedLibrary, mode: MergeMode): LibraryMerge => {
  const root = placeElements(text)
  const [collection] = childrenNamed(root, 'COLLECTION')
  const present = childrenNamed(collection, 'TRACK')
  const byPath = new Map(
    present.map((element) => [pathKey(locationOfUrl(element.attributes.Location ?? '').path ?? ''), element]),
  )
  let lastId = present.reduce((last, { attributes }) => Math.max(last, readNumber(attributes.TrackID) ?? 0), 0)
  const edits: XmlEdit[] = []
  const changes: TrackMerge[] = []
  const added: ExportedTrack[] = []
  for (const track of tracks) {
    const element = byPath.get(pathKey(track.path))
    if (element === undefined) {
      added.push({ ...track, id: ++lastId })
      changes.push({ title: track.title, added: track.cues, removed: 0, leftOut: 0 })
      continue
    }
    const marks = childrenNamed(element, 'POSITION_MARK')
    const isReplaced = mode === 'replace' && track.cues.length > 0
    const { added: cues, leftOut } = isReplaced
      ? { added: track.cues, leftOut: 0 }
      : extendCues(track.cues, marks.map(presentCue), PADS)
    const tempi = childrenNamed(element, 'TEMPO')
    const newTempi = mode === 'replace' || tempi.length === 0 ? rekordboxTempi(track) : []
    const dropped = [...(isReplaced ? marks : []), ...(newTempi.length > 0 ? tempi : [])]
    edits.push(...dropped.map((mark) => removal(text, mark)))
    const children = [...newTempi, ...rekordboxMarks(cues)]
    if (children.length > 0)
      edits.push(appendChildren(text, element, children.map((child) => formatXml(child)).join('\n')))
    changes.push({ title: track.title, added: cues, removed: isReplaced ? marks.length : 0, leftOut })
  }
  if (collection !== undefined && added.length > 0)
    edits.push(
      ...changeCount(text, collection, 'Entries', present.length + added.length),
      appendChildren(text, collection, added.map((track) => formatXml(rekordboxTrack(track))).join('\n')),
    )
  const cuesBefore = present.reduce((sum, element) => sum + childrenNamed(element, 'POSITION_MARK').length, 0)
  return {
    text: applyEdits(text, edits),
    changes,
    addedTracks: added.length,
    cuesBefore,
    cuesAfter: changes.reduce((sum, change) => sum + change.added.length - change.removed, cuesBefore),
  }
}
