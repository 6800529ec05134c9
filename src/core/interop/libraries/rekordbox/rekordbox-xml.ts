/**
 * The XML that rekordbox 5 to 7 exports, and that converters write in its likeness.
 * https://rekordbox.com/en/support/developer/ (xml_format_list.pdf)
 */

import { createColourTally } from '../default-colours.ts'
import { readText } from '../foreign-fields.ts'
import { innermost, keptFolders } from '../foreign-folders.ts'
import type { ForeignAnchor, ForeignCue, ForeignPlaylist, ForeignTrack } from '../foreign-library.ts'
import { locationOfUrl } from '../foreign-location.ts'
import type { LibraryFormat, ListedTrack } from '../library-format.ts'
import { gridOfAnchors, sortCues } from '../sort-cues.ts'
import { countedTake } from '../take-track.ts'
import { createWarningTally } from '../warning-tally.ts'
import { findXmlRoot, readXml, type XmlAttributes } from '../xml-reader.ts'
import { isRekordboxDefault } from './pad-colours.ts'
import { readPositionMark, readTempoMark, readTrack } from './read-rekordbox-track.ts'

type OpenTrack = { readonly track: ForeignTrack; readonly anchors: ForeignAnchor[]; readonly cues: ForeignCue[] }
type OpenNode = { readonly name: string; readonly keys: string[] | null; readonly isByLocation: boolean }

const FOLDER = '0'
const KEY_IS_LOCATION = '1'
/** The folder that is the list itself; converters leave it out. */
const ROOT = 'ROOT'

const openNode = ({ Name, Type, KeyType }: XmlAttributes): OpenNode => ({
  name: readText(Name) ?? '',
  keys: Type === FOLDER || (Type === undefined && KeyType === undefined) ? null : [],
  isByLocation: KeyType === KEY_IS_LOCATION,
})

const read: LibraryFormat['read'] = ({ bytes }, take) => {
  const warnings = createWarningTally()
  const colours = createColourTally(isRekordboxDefault)
  const takeTrack = countedTake(take)
  const playlists: (ForeignPlaylist & { readonly isByLocation: boolean })[] = []
  const nodes: OpenNode[] = []
  let product: XmlAttributes = {}
  let open: OpenTrack | null = null
  const placeOf = ({ track }: OpenTrack): string => track.title ?? `track ${track.key}`
  const close = (): void => {
    if (open === null) return
    const { track, anchors, cues } = open
    if (track.location.path === null && track.location.streaming === null)
      warnings.add('A track does not say where its file is.', placeOf(open))
    const whole = { ...track, grid: gridOfAnchors(anchors), cues: sortCues(cues) }
    colours.see(whole)
    takeTrack(whole)
    open = null
  }
  readXml(
    bytes,
    {
      open: (name, attributes) => {
        if (name === 'PRODUCT') product = attributes
        else if (name === 'NODE') nodes.push(openNode(attributes))
        else if (name === 'TRACK' && nodes.length > 0) nodes.at(-1)!.keys?.push(attributes.Key ?? '')
        else if (name === 'TRACK') {
          if (open !== null) warnings.add('A track lies within another one, whose cues end there.', placeOf(open))
          close()
          open = { track: readTrack(attributes), anchors: [], cues: [] }
        } else if (name === 'TEMPO' && open !== null) {
          const anchor = readTempoMark(attributes, placeOf(open), warnings)
          if (anchor !== null) open.anchors.push(anchor)
        } else if (name === 'POSITION_MARK' && open !== null) {
          const cue = readPositionMark(attributes, placeOf(open), warnings)
          if (cue !== null) open.cues.push(cue)
        }
      },
      close: (name) => {
        if (name === 'NODE') {
          const { name: title, keys, isByLocation } = nodes.pop()!
          if (keys !== null) {
            const root = nodes[0]?.name === ROOT ? nodes[0] : null
            const around = innermost(nodes).flatMap((node) => (node === root ? [] : [node.name]))
            const folders = keptFolders(around, title, warnings)
            playlists.push({ name: title, folders, trackKeys: keys, isByLocation })
          }
        } else if (name === 'TRACK') close()
      },
    },
    { warnings },
  )
  return {
    program: readText(product.Name) ?? 'rekordbox',
    version: readText(product.Version),
    finish: colours.strip,
    lists: (tracks) => ({ playlists: resolveKeys(tracks, playlists, warnings), warnings: warnings.list() }),
  }
}

/** Playlists name tracks by id or by location; locations are compared decoded. */
const resolveKeys = (
  tracks: readonly ListedTrack[],
  playlists: readonly (ForeignPlaylist & { readonly isByLocation: boolean })[],
  warnings: ReturnType<typeof createWarningTally>,
): readonly ForeignPlaylist[] => {
  const [keys, shared] = [new Set<string>(), new Set<string>()]
  for (const { key } of tracks) (keys.has(key) ? shared : keys).add(key)
  const isPathNamed = playlists.some(({ isByLocation }) => isByLocation)
  const keyOfPath = new Map(isPathNamed ? tracks.map(({ key, location }) => [location.path, key]) : [])
  return playlists.map(({ name, folders, trackKeys, isByLocation }) => ({
    name,
    folders,
    trackKeys: trackKeys.flatMap((key) => {
      const found = isByLocation
        ? keyOfPath.get(locationOfUrl(key).path)
        : key !== '' && keys.has(key)
          ? key
          : undefined
      if (found === undefined) warnings.add('A playlist names a track that the file does not have.', name)
      else if (!isByLocation && shared.has(key))
        warnings.add('A playlist names a number that several tracks have: it may hold another one.', name)
      return found ?? []
    }),
  }))
}

export const rekordboxXml: LibraryFormat = {
  name: 'rekordbox-xml',
  title: 'rekordbox XML',
  extensions: ['.xml'],
  sniff: ({ bytes }) => findXmlRoot(bytes) === 'DJ_PLAYLISTS',
  read,
}
