/** The database.xml of VirtualDJ 6 and later, one on each drive. Its lists are M3U files beside it. */
import { readNumber, readText } from '../foreign-fields.ts'
import type { ForeignTrack } from '../foreign-library.ts'
import type { LibraryFormat } from '../library-format.ts'
import { countedTake } from '../take-track.ts'
import { createWarningTally } from '../warning-tally.ts'
import { findXmlRoot, readXml } from '../xml-reader.ts'
import { type Poi, readPois } from './read-pois.ts'
import { addToSong, OLD_SAMPLE_RATE_HZ, readSong } from './read-virtualdj-song.ts'

type OpenSong = { track: ForeignTrack; readonly pois: Poi[]; phaseSeconds: number | null }

const ROOTS: ReadonlySet<string> = new Set(['VirtualDJ_Database', 'VirtualDJ'])

const read: LibraryFormat['read'] = ({ bytes }, take) => {
  const warnings = createWarningTally()
  const takeTrack = countedTake(take)
  let version: string | null = null
  let open: OpenSong | null = null
  let comment: string | null = null
  readXml(
    bytes,
    {
      open: (name, attributes) => {
        if (ROOTS.has(name)) version = readText(attributes.Version)
        else if (name === 'Song') open = { track: readSong(attributes), pois: [], phaseSeconds: null }
        else if (open === null) return
        else if (name === 'Poi' || name === 'Cue') open.pois.push({ attributes, isOld: name === 'Cue' })
        else if (name === 'Comment') comment = ''
        else {
          open.track = addToSong(open.track, name, attributes)
          if (name === 'Scan') open.phaseSeconds ??= readNumber(attributes.Phase)
          const phaseSamples = name === 'BPM' ? readNumber(attributes.Phase) : null
          if (phaseSamples !== null) open.phaseSeconds = phaseSamples / OLD_SAMPLE_RATE_HZ
        }
      },
      text: (text) => {
        if (comment !== null) comment += text
      },
      close: (name) => {
        if (open === null) return
        if (name === 'Comment' && comment !== null) {
          open.track = { ...open.track, comment: readText(comment) }
          comment = null
        } else if (name === 'Song') {
          const { track, pois, phaseSeconds } = open
          const place = track.title ?? track.key
          if (track.key === '') warnings.add('A track does not say where its file is.', place)
          takeTrack({ ...track, ...readPois(pois, { bpm: track.bpm, phaseSeconds }, place, warnings) })
          open = null
        }
      },
    },
    { warnings },
  )
  return {
    program: 'VirtualDJ',
    version,
    finish: (track) => track,
    lists: () => ({ playlists: [], warnings: warnings.list() }),
  }
}

export const virtualDj: LibraryFormat = {
  name: 'virtualdj',
  title: 'VirtualDJ database',
  extensions: ['.xml'],
  sniff: ({ bytes }) => ROOTS.has(findXmlRoot(bytes) ?? ''),
  read,
}
