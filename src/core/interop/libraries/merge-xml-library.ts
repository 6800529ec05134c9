/** Our cues in a copy of a library in XML, element by element; what we do not know of it stays as it is. */
import { UserError } from '../../support/user-error.ts'
import type { ExportedCue, ExportedLibrary, ExportedTrack } from './exported-library.ts'
import { extendCues, type LibraryMerge, type MergeMode, type PresentCue, type TrackMerge } from './merge-cues.ts'
import {
  appendChildren,
  applyEdits,
  changeCount,
  childrenNamed,
  type PlacedElement,
  placeElements,
  removal,
  type XmlEdit,
} from './xml-places.ts'
import { formatXml, type XmlElement } from './xml-writer.ts'

/** How a program keeps tracks, cues and grids in its collection. */
export type XmlCollection = {
  /** Of the whole file, of a track, and of the attribute that counts them. */
  readonly names: { readonly root: string; readonly track: string; readonly count: string }
  readonly keyOfElement: (element: PlacedElement) => string
  readonly keyOfTrack: (track: ExportedTrack) => string
  readonly cuesIn: (element: PlacedElement) => readonly PlacedElement[]
  readonly gridIn: (element: PlacedElement) => readonly PlacedElement[]
  /** What takes a pad or a place. */
  readonly presentCue: (element: PlacedElement) => PresentCue
  /** Whether an element of the grid that stays may lie on a pad. */
  readonly hasGridOnPads: boolean
  readonly grid: (track: ExportedTrack) => readonly XmlElement[]
  readonly cues: (cues: readonly ExportedCue[]) => readonly XmlElement[]
  /** New ones, after those that there are. */
  readonly tracks: (added: readonly ExportedTrack[], present: readonly PlacedElement[]) => readonly XmlElement[]
}

const PADS = 8

const formatAll = (elements: readonly XmlElement[]): string => elements.map((element) => formatXml(element)).join('\n')

/**
 * @throws UserError IMPORT_MALFORMED for a file of another program, or one without a collection
 * @param mode `extend` never touches a cue that is there; `replace` takes away those of the tracks that are written, and of no other; a grid
 * goes only for a new one; where several entries name one file, each is changed, since nobody knows which the program plays
 */
export const mergeXmlLibrary = (
  text: string,
  { tracks }: ExportedLibrary,
  mode: MergeMode,
  format: XmlCollection,
): LibraryMerge => {
  const root = placeElements(text)
  const [collection] = root.name === format.names.root ? childrenNamed(root, 'COLLECTION') : []
  if (collection === undefined)
    throw new UserError(
      'IMPORT_MALFORMED',
      `It is no library of this program: no ${format.names.root} with a COLLECTION.`,
    )
  const present = childrenNamed(collection, format.names.track)
  const byKey = Map.groupBy(present, format.keyOfElement)
  const edits: XmlEdit[] = []
  const changes: TrackMerge[] = []
  const added: ExportedTrack[] = []
  const repeated: string[] = []
  const change = (track: ExportedTrack, at: number, element: PlacedElement): void => {
    const [oldCues, oldGrid] = [format.cuesIn(element), format.gridIn(element)]
    const grid = mode === 'replace' || oldGrid.length === 0 ? format.grid(track) : []
    const isReplaced = mode === 'replace' && track.cues.length > 0
    const stayingGrid = grid.length > 0 || !format.hasGridOnPads ? [] : oldGrid.map(format.presentCue)
    const staying = isReplaced
      ? stayingGrid.filter(({ pad }) => pad !== null)
      : [...stayingGrid, ...oldCues.map(format.presentCue)]
    const { added: cues, leftOut } = extendCues(track.cues, staying, PADS)
    const dropped = [...(isReplaced ? oldCues : []), ...(grid.length > 0 ? oldGrid : [])]
    edits.push(...dropped.map((one) => removal(text, one)))
    const children = [...grid, ...format.cues(cues)]
    if (children.length > 0) edits.push(appendChildren(text, element, formatAll(children)))
    changes.push({ at, title: track.title, added: cues, removed: isReplaced ? oldCues.length : 0, leftOut })
  }
  for (const [at, track] of tracks.entries()) {
    const elements = byKey.get(format.keyOfTrack(track)) ?? []
    if (elements.length > 1) repeated.push(track.title)
    for (const element of elements) change(track, at, element)
    if (elements.length > 0) continue
    added.push(track)
    changes.push({ at, title: track.title, added: track.cues, removed: 0, leftOut: 0 })
  }
  if (added.length > 0)
    edits.push(
      ...changeCount(text, collection, format.names.count, present.length + added.length),
      appendChildren(text, collection, formatAll(format.tracks(added, present))),
    )
  const cuesBefore = present.reduce((sum, element) => sum + format.cuesIn(element).length, 0)
  return {
    text: applyEdits(text, edits),
    changes,
    repeated,
    addedTracks: added.length,
    cuesBefore,
    cuesAfter: changes.reduce((sum, one) => sum + one.added.length - one.removed, cuesBefore),
  }
}
