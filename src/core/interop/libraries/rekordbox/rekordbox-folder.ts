/** A rekordbox drive (`PIONEER/rekordbox/export.pdb` and `PIONEER/USBANLZ`), or rekordbox's own `share` folder, which has analyses only. */
import { type ForeignLocation, type ForeignTrack, UNKNOWN_FOREIGN_TRACK } from '../foreign-library.ts'
import { findNames, type LibraryFolder, type LibraryFolderFormat } from '../library-folder.ts'
import { createWarningTally, type WarningTally } from '../warning-tally.ts'
import { cuesWithin } from '../within-track.ts'
import { anlzCues } from './anlz-cues.ts'
import { type AnlzPart, anlzParts, anlzPath } from './anlz-file.ts'
import { anlzGrid, extendedGrid } from './anlz-grid.ts'
import { anlzPhrases } from './anlz-phrases.ts'
import { type ExportedLibrary, type ExportedTrack, readExportPdb } from './export-pdb.ts'

const DATABASE = /(?:^|\/)export\.pdb$/i
const DATABASE_IN_DRIVE = /(?:^|\/)\.?pioneer\/rekordbox\/export\.pdb$/i
/** Newer drives have this one too, or alone: it is encrypted. */
const ENCRYPTED_DATABASE = /(?:^|\/)exportlibrary\.db$/i
/** What rekordbox itself keeps beside its `share` folder. */
const OWN_DATABASE = /(?:^|\/)master\.db$/i
/** What follows the top of a drive in the place of its database; less of it, where only a part of the drive is there. */
const BELOW_HOME = /(?<=^|\/)(?:\.?pioneer\/)?(?:rekordbox\/)?export(?:library\.db|\.pdb)$/i
const ANALYSIS = /(?:^|\/)anlz\w*\.(?:dat|ext)$/i
const ENDING = /\.\w+$/
const DRIVE_LETTER = /^[a-z]:/i
/** Cues with names come from .EXT, the grid from .DAT; .2EX has waveforms only. */
const ENDINGS = ['.DAT', '.EXT'] as const

const stemOf = (name: string): string => name.replace(ENDING, '')

/** In rekordbox 6 and later the path is gone: "?/name". */
const locationOf = (path: string | null): ForeignLocation => {
  const plain = path?.replaceAll('\\', '/') ?? null
  if (plain === null) return { path: null, from: 'nowhere', streaming: null }
  if (plain.startsWith('?/')) return { path: plain.slice(2), from: 'nowhere', streaming: null }
  if (DRIVE_LETTER.test(plain)) return { path: plain, from: 'root', streaming: null }
  return { path: plain.replace(/^\/+/, ''), from: 'volume', streaming: null }
}

type Analysis = Pick<ForeignTrack, 'location' | 'grid' | 'cues' | 'phrases'>

const readAnalysis = (files: ReadonlyMap<string, Uint8Array>, warnings: WarningTally): Analysis => {
  const [place = ''] = files.keys()
  const parts: AnlzPart[] = []
  const gridParts: AnlzPart[] = []
  for (const [name, bytes] of files) {
    const found = anlzParts(bytes, name, warnings)
    parts.push(...found)
    if (/\.dat$/i.test(name)) gridParts.push(...found)
  }
  const grid = gridParts.length > 0 ? anlzGrid(gridParts, place, warnings) : extendedGrid(parts)
  return {
    location: locationOf(anlzPath(parts)),
    grid,
    cues: anlzCues(parts, place, warnings),
    phrases: anlzPhrases(parts, grid?.beats ?? [], place, warnings),
  }
}

const pathOf = ({ location }: Pick<ForeignTrack, 'location'>): string =>
  (location.path ?? '').normalize('NFC').toLowerCase()

/** Pairs tracks of the database with their analyses: by the place that it names, else by the audio that the analysis names. */
const withAnalyses = (
  exported: ExportedLibrary,
  analyses: ReadonlyMap<string, () => Analysis>,
  warnings: WarningTally,
): ForeignTrack[] => {
  const find = findNames([...analyses.keys()])
  const stemOfTrack = ({ analysisPath }: ExportedTrack): string | null =>
    analysisPath === null ? null : find(stemOf(analysisPath).replace(/^\/+/, ''))
  const taken = new Set(exported.tracks.map(stemOfTrack))
  const isAllNamed = exported.tracks.every((track) => stemOfTrack(track) !== null)
  const others = new Map(
    isAllNamed
      ? []
      : [...analyses]
          .filter(([stem]) => !taken.has(stem))
          .map(([, read]) => read())
          .map((found) => [pathOf(found), found]),
  )
  return exported.tracks.map((row) => {
    const stem = stemOfTrack(row)
    const found = stem === null ? others.get(pathOf(row.track)) : analyses.get(stem)!()
    if (found === undefined) {
      warnings.add('A track has no analysis on this drive.', row.track.title ?? row.track.location.path)
      return row.track
    }
    return { ...row.track, grid: found.grid, cues: cuesWithin(found.cues, row.track, warnings), phrases: found.phrases }
  })
}

const parseRekordboxFolder = (folder: LibraryFolder): ReturnType<LibraryFolderFormat['parse']> => {
  const warnings = createWarningTally()
  const stems = Map.groupBy(
    folder.names.filter((name) => ANALYSIS.test(name)),
    stemOf,
  )
  const analyses = new Map(
    [...stems].map(([stem, names]) => {
      const find = findNames(names)
      const load = (): Analysis => {
        const files = ENDINGS.flatMap((ending) => {
          const name = find(stem + ending)
          const bytes = name === null ? null : folder.read(name)
          return bytes === null ? [] : [[name!, bytes] as const]
        })
        return readAnalysis(new Map(files), warnings)
      }
      return [stem, load] as const
    }),
  )
  const databases = folder.names.filter((name) => DATABASE.test(name))
  const database = databases.find((name) => DATABASE_IN_DRIVE.test(name)) ?? databases[0]
  for (const other of databases.filter((name) => name !== database))
    warnings.add('A second database of this drive is left out.', other)
  const bytes = database === undefined ? null : folder.read(database)
  if (database !== undefined && bytes !== null) {
    const exported = readExportPdb(bytes, database, warnings)
    const tracks = withAnalyses(exported, analyses, warnings)
    return { program: 'rekordbox', version: null, tracks, playlists: exported.playlists, warnings: warnings.list() }
  }
  const encrypted = folder.names.find((name) => ENCRYPTED_DATABASE.test(name))
  if (encrypted !== undefined)
    warnings.add('Names and playlists are left out, because the database of this drive is encrypted.', encrypted)
  const own = folder.names.find((name) => OWN_DATABASE.test(name))
  if (own !== undefined)
    warnings.add('Names, cues and playlists lie in an encrypted database: export the collection as XML.', own)
  const tracks = [...analyses].map(([stem, load]) => ({ ...UNKNOWN_FOREIGN_TRACK, key: stem, ...load() }))
  return { program: 'rekordbox', version: null, tracks, playlists: [], warnings: warnings.list() }
}

export const rekordboxFolder: LibraryFolderFormat = {
  name: 'rekordbox-usb',
  title: 'rekordbox drive',
  sniff: (names) => names.some((name) => [DATABASE, ENCRYPTED_DATABASE, ANALYSIS].some((one) => one.test(name))),
  homeOf: (name) => (BELOW_HOME.test(name) ? name.replace(BELOW_HOME, '') : null),
  parse: parseRekordboxFolder,
}
