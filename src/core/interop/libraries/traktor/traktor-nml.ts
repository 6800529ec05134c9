/** Collections and playlists of Traktor 2 to 4 (NML versions 15 to 20). Native Instruments documents neither; the facts are from files. */

import { createColourTally } from '../default-colours.ts'
import { readTempo, readText } from '../foreign-fields.ts'
import { innermost, keptFolders } from '../foreign-folders.ts'
import { type ForeignPlaylist, type ForeignTrack, UNKNOWN_FOREIGN_TRACK } from '../foreign-library.ts'
import { withKnownTracks } from '../known-tracks.ts'
import type { LibraryFormat } from '../library-format.ts'
import { countedTake } from '../take-track.ts'
import { createWarningTally } from '../warning-tally.ts'
import { findXmlRoot, readXml, type XmlAttributes } from '../xml-reader.ts'
import {
  keyNameOfValue,
  keyOfEntry,
  locationOfEntry,
  type OpenCue,
  readInfo,
  readMarks,
  readTitle,
} from './read-traktor-entry.ts'

type OpenEntry = { track: ForeignTrack; marks: OpenCue[]; keyOfValue: string | null }
type OpenNode = { readonly type: string; readonly name: string; readonly keys: string[] }

/** Traktor shows a cue that has this colour in the colour of its type. */
const DEFAULT_COLOUR = '#ffffff'
const ROOT = '$ROOT'

const read: LibraryFormat['read'] = ({ bytes }, take) => {
  const warnings = createWarningTally()
  const colours = createColourTally(({ colour }) => colour === DEFAULT_COLOUR)
  const takeTrack = countedTake(take)
  let entries = 0
  const playlists: ForeignPlaylist[] = []
  const nodes: OpenNode[] = []
  let [program, version]: (string | null)[] = [null, null]
  let isInCollection = false
  let open: OpenEntry | null = null
  let cue: OpenCue | null = null

  const openChild = (name: string, attributes: XmlAttributes, entry: OpenEntry): void => {
    const tell = (said: Partial<ForeignTrack>): void => {
      entry.track = { ...entry.track, ...said }
    }
    if (name === 'LOCATION') tell({ key: keyOfEntry(attributes), location: locationOfEntry(attributes) })
    else if (name === 'ALBUM') tell({ album: readText(attributes.TITLE) })
    else if (name === 'INFO') tell(readInfo(attributes))
    else if (name === 'TEMPO') tell({ bpm: readTempo(attributes.BPM) })
    else if (name === 'MUSICAL_KEY') entry.keyOfValue = keyNameOfValue(attributes)
    else if (name === 'CUE_V2') {
      cue = { attributes, gridBpm: undefined }
      entry.marks.push(cue)
    } else if (name === 'GRID' && cue !== null) cue.gridBpm = attributes.BPM
  }
  const closeEntry = ({ track, marks, keyOfValue }: OpenEntry): void => {
    entries++
    const place = track.title ?? (track.key === '' ? `entry ${entries}` : track.key)
    if (track.location.path === null && track.location.streaming === null)
      warnings.add('A track does not say where its file is.', place)
    const keyName = track.keyName ?? keyOfValue
    const whole = { ...track, keyName, ...readMarks(marks, track.bpm, place, warnings) }
    colours.see(whole)
    takeTrack(whole)
  }
  const closeNode = ({ type, name, keys }: OpenNode): void => {
    if (type === 'PLAYLIST') {
      const around = innermost(nodes).flatMap((node) => (node.name === ROOT ? [] : [node.name]))
      playlists.push({ name, folders: keptFolders(around, name, warnings), trackKeys: keys })
    } else if (type === 'SMARTLIST') warnings.add('A smart list was passed over: it holds a rule, no tracks.', name)
  }
  readXml(
    bytes,
    {
      open: (name, attributes) => {
        if (name === 'NML') version = readText(attributes.VERSION)
        else if (name === 'HEAD') program = readText(attributes.PROGRAM)
        else if (name === 'COLLECTION') isInCollection = true
        else if (name === 'ENTRY' && isInCollection)
          open = { track: { ...UNKNOWN_FOREIGN_TRACK, ...readTitle(attributes) }, marks: [], keyOfValue: null }
        else if (name === 'NODE')
          nodes.push({ type: attributes.TYPE ?? '', name: readText(attributes.NAME) ?? '', keys: [] })
        else if (name === 'PRIMARYKEY') nodes.at(-1)?.keys.push(attributes.KEY ?? '')
        else if (open !== null) openChild(name, attributes, open)
      },
      close: (name) => {
        if (name === 'COLLECTION') isInCollection = false
        else if (name === 'NODE') closeNode(nodes.pop()!)
        else if (name === 'CUE_V2') cue = null
        else if (name === 'ENTRY' && open !== null) {
          closeEntry(open)
          open = null
        }
      },
    },
    { warnings },
  )
  return {
    program: program ?? 'Traktor',
    version,
    finish: colours.strip,
    lists: (tracks) => ({ playlists: withKnownTracks(playlists, tracks, warnings), warnings: warnings.list() }),
  }
}

export const traktorNml: LibraryFormat = {
  name: 'traktor-nml',
  title: 'Traktor NML',
  extensions: ['.nml'],
  sniff: ({ bytes }) => findXmlRoot(bytes) === 'NML',
  read,
}
