/** Our cues in a copy of a collection of Traktor; what we do not know of it stays as it is. */

import type { ExportedLibrary, ExportedTrack } from '../exported-library.ts'
import { readNumber } from '../foreign-fields.ts'
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
import { keyOfEntry } from './read-traktor-entry.ts'
import { traktorCue, traktorEntry, traktorKey, traktorMarkers } from './write-traktor-nml.ts'

const PADS = 8
const GRID = 4
const LOOP = 5

const typeOf = ({ attributes }: PlacedElement): number => readNumber(attributes.TYPE) ?? 0

const presentCue = (element: PlacedElement): PresentCue => {
  const pad = readNumber(element.attributes.HOTCUE) ?? -1
  return {
    pad: pad < 0 ? null : pad,
    startSeconds: (readNumber(element.attributes.START) ?? 0) / 1000,
    isLoop: typeOf(element) === LOOP,
  }
}

/** `extend` never touches a mark that is there; `replace` takes away those of the tracks that are written; beat markers go only with a new grid. */
export const mergeTraktorNml = (text: string, { tracks }: ExportedLibrary, mode: MergeMode): LibraryMerge => {
  const root = placeElements(text)
  const [collection] = childrenNamed(root, 'COLLECTION')
  const present = childrenNamed(collection, 'ENTRY')
  const byKey = new Map(
    present.map((entry) => [pathKey(keyOfEntry(childrenNamed(entry, 'LOCATION')[0]?.attributes ?? {})), entry]),
  )
  const edits: XmlEdit[] = []
  const changes: TrackMerge[] = []
  const added: ExportedTrack[] = []
  for (const track of tracks) {
    const entry = byKey.get(pathKey(traktorKey(track.path)))
    if (entry === undefined) {
      added.push(track)
      changes.push({ title: track.title, added: track.cues, removed: 0, leftOut: 0 })
      continue
    }
    const marks = childrenNamed(entry, 'CUE_V2')
    const [markers, cues] = [
      marks.filter((mark) => typeOf(mark) === GRID),
      marks.filter((mark) => typeOf(mark) !== GRID),
    ]
    const newMarkers = mode === 'replace' || markers.length === 0 ? traktorMarkers(track) : []
    const isReplaced = mode === 'replace' && track.cues.length > 0
    // A beat marker that stays keeps its pad.
    const staying = [...(newMarkers.length > 0 ? [] : markers), ...(isReplaced ? [] : cues)].map(presentCue)
    const { added: written, leftOut } = extendCues(
      track.cues,
      isReplaced ? staying.filter(({ pad }) => pad !== null) : staying,
      PADS,
    )
    const dropped = [...(isReplaced ? cues : []), ...(newMarkers.length > 0 ? markers : [])]
    edits.push(...dropped.map((mark) => removal(text, mark)))
    const children = [...newMarkers, ...written.map(traktorCue)]
    if (children.length > 0)
      edits.push(appendChildren(text, entry, children.map((child) => formatXml(child)).join('\n')))
    changes.push({ title: track.title, added: written, removed: isReplaced ? cues.length : 0, leftOut })
  }
  if (collection !== undefined && added.length > 0)
    edits.push(
      ...changeCount(text, collection, 'ENTRIES', present.length + added.length),
      appendChildren(text, collection, added.map((track) => formatXml(traktorEntry(track))).join('\n')),
    )
  const cuesBefore = present
    .flatMap((entry) => childrenNamed(entry, 'CUE_V2'))
    .filter((mark) => typeOf(mark) !== GRID).length
  return {
    text: applyEdits(text, edits),
    changes,
    addedTracks: added.length,
    cuesBefore,
    cuesAfter: changes.reduce((sum, change) => sum + change.added.length - change.removed, cuesBefore),
  }
}
