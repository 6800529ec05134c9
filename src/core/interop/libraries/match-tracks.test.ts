import { describe, expect, it } from 'vitest'
import type { ForeignTrack } from './foreign-library.ts'
import { foreignTrack } from './foreign-track.fixture.ts'
import { type MatchOptions, matchTracks, type OwnTrack, suggestMoves } from './match-tracks.ts'

const own = (id: number, path: string, parts: Partial<OwnTrack> = {}): OwnTrack => ({
  id,
  paths: [path],
  sizes: [1000 + id],
  title: `Title ${id}`,
  artist: 'Artist',
  durationSeconds: 200 + 10 * id,
  ...parts,
})
const tags = (id: number): Partial<ForeignTrack> => ({
  title: `TITLE ${id}`,
  artist: 'artist',
  durationSeconds: 201.5 + 10 * id,
})
const outcome = (foreign: readonly ForeignTrack[], ours: readonly OwnTrack[], options?: MatchOptions) =>
  matchTracks(foreign, ours, options).map((match) =>
    match.trackId === null ? match.reason : `${match.trackId} by ${match.by}`,
  )

describe('tracks of another program', () => {
  it('are found by path, whatever case, slashes, encoding of accents, and drive', () => {
    const ours = [
      own(1, '/Volumes/Disk/Music/Caf\u00e9.mp3'),
      own(2, 'D:\\Music\\b.mp3'),
      own(3, '/home/dj/Music/c.mp3'),
    ]
    expect(
      outcome(
        [
          foreignTrack('/Volumes/Disk/music/Cafe\u0301.MP3'),
          foreignTrack('E:/Music/B.mp3'),
          foreignTrack('/home/dj/Music/c.mp3', { key: 'c' }),
          foreignTrack('/home/dj/Music/d.mp3'),
        ],
        ours,
      ),
    ).toEqual(['1 by path', '2 by path', '3 by path', 'not found'])
  })
  it('are found by what a path stands for that was encoded twice, but by what is written first', () => {
    const ours = [own(1, 'D:/Musik/a b é.mp3'), own(2, '/x/100%25.mp3'), own(3, '/x/100%.mp3')]
    const found = outcome(
      ['E:/Musik/a%20b%20%C3%A9.mp3', '/x/100%25.mp3', '/x/50%.mp3'].map((path) => foreignTrack(path)),
      ours,
    )
    expect(found).toEqual(['1 by path', '2 by path', 'not found'])
  })
  it('are found below a library, without a volume, and in a folder that the person points at', () => {
    const ours = [own(1, '/media/dj/STICK/Music/a.mp3'), own(2, '/here/House/b.mp3')]
    const below = foreignTrack('../Music/a.mp3', {
      location: { path: '../Music/a.mp3', from: 'library', streaming: null },
    })
    const noVolume = foreignTrack('/Music/a.mp3', {
      location: { path: '/Music/a.mp3', from: 'volume', streaming: null },
    })
    expect(outcome([below], ours, { libraryFolder: '/media/dj/STICK/Engine Library' })).toEqual(['1 by path'])
    expect(outcome([noVolume], ours)).toEqual(['1 by path'])
    const moves = [{ from: 'd:\\Sets', to: '/here' }]
    expect(outcome([foreignTrack('D:/Sets/house/B.mp3')], ours, { moves })).toEqual(['2 by folder'])
  })
  it('are found by the audio before name and tags, by name with size or duration, and by tags with duration', () => {
    const ours = [own(1, '/x/a.mp3'), own(2, '/x/b.mp3'), own(3, '/x/c.mp3')]
    const known = foreignTrack('/y/zz.mp3', tags(1))
    const sameAudio = new Map([[known, 3]])
    expect(outcome([known], ours, { sameAudio })).toEqual(['3 by audio'])
    // Another track under the same number is not that one.
    const other = foreignTrack('/y/other.mp3', { key: known.key })
    expect(outcome([known, other], ours, { sameAudio })).toEqual(['3 by audio', 'not found'])
    expect(outcome([foreignTrack('/y/a.mp3', { sizeBytes: 1001 })], ours)).toEqual(['1 by name'])
    expect(outcome([foreignTrack('/y/b.mp3', { durationSeconds: 220.9 })], ours)).toEqual(['2 by name'])
    expect(outcome([foreignTrack('/y/b.mp3', { durationSeconds: 221.1 })], ours)).toEqual(['not found'])
    expect(outcome([foreignTrack('/y/other.mp3', tags(2))], ours)).toEqual(['2 by tags'])
    expect(outcome([foreignTrack('/y/other.mp3', { ...tags(2), durationSeconds: 222.1 })], ours)).toEqual(['not found'])
  })
  it('are named where several fit, where they are streamed, and where one recording is there twice', () => {
    const ours = [own(1, '/x/a.mp3'), own(2, '/x/b.mp3', { title: 'Title 1', durationSeconds: 210 })]
    const streamed = foreignTrack('s', {
      location: { path: null, from: 'nowhere', streaming: 'soundcloud' },
      ...tags(1),
    })
    expect(outcome([streamed, foreignTrack('/y/n.mp3', tags(1))], ours)).toEqual(['streaming', 'several'])
    const twice = [foreignTrack('/y/a.mp3', { sizeBytes: 1001 }), foreignTrack('/x/a.mp3')]
    expect(outcome(twice, ours)).toEqual(['twice', '1 by path'])
  })
  it('tell which folder seems to have moved where nothing but paths is told, and take it as the program writes it', () => {
    const ours = [1, 2, 3].map((id) => own(id, `/Volumes/New/Test DJ/${id}.mp3`))
    const drive = [1, 2, 3].map((id) =>
      foreignTrack('', {
        key: String(id),
        location: { path: `Contents/Test DJ/${id}.mp3`, from: 'volume', streaming: null },
      }),
    )
    const options = { driveFolder: '/media/dj/STICK' }
    const matches = matchTracks(drive, ours, options)
    expect(matches.map(({ trackId }) => trackId)).toEqual([null, null, null])
    const moves = suggestMoves(matches, ours)
    expect(moves).toEqual([{ from: 'Contents', to: '/Volumes/New', tracks: 3 }])
    expect(outcome(drive, ours, { ...options, moves })).toEqual(['1 by folder', '2 by folder', '3 by folder'])
    // Of two files of one name in folders of one name nobody can tell which it is.
    const copies = [...ours, ...ours.map(({ id }) => own(10 + id, `/Backup/Test DJ/${id}.mp3`))]
    expect(suggestMoves(matchTracks(drive, copies, options), copies)).toEqual([])
  })
  it('tell which folder has moved, and how many more tracks that would find', () => {
    const ours = [1, 2, 3, 4].map((id) => own(id, `/Volumes/New/House/${id}.mp3`))
    const foreign = [1, 2].map((id) => foreignTrack(`D:/Old/House/${id}.mp3`, { sizeBytes: 1000 + id }))
    const lost = [3, 4].map((id) => foreignTrack(`D:/Old/House/${id}.mp3`))
    const matches = matchTracks([...foreign, ...lost], ours)
    expect(suggestMoves(matches, ours)).toEqual([{ from: 'D:/Old', to: '/Volumes/New', tracks: 2 }])
    expect(outcome([...foreign, ...lost], ours, { moves: suggestMoves(matches, ours) })).toEqual([
      '1 by folder',
      '2 by folder',
      '3 by folder',
      '4 by folder',
    ])
  })
  it('that are entries of what is found, or play from elsewhere, speak for no move', () => {
    const ours = [1, 2, 3].map((id) => own(id, `/Volumes/New/House/${id}.mp3`))
    const moves = [{ from: 'C:/Music', to: '/Volumes/New' }]
    const onBoth = ['C:', 'D:'].flatMap((drive) =>
      [1, 2].map((id) => foreignTrack(`${drive}/Music/House/${id}.mp3`, tags(id))),
    )
    const streamed = [1, 2, 3].map((id) => {
      const track = foreignTrack(`E:/Music/House/${id}.mp3`)
      return { ...track, location: { ...track.location, streaming: 'TIDAL' } }
    })
    const matches = matchTracks([...onBoth, ...streamed], ours, { moves })
    expect(matches.map((match) => (match.trackId === null ? match.reason : match.by))).toEqual([
      'folder',
      'folder',
      'twice',
      'twice',
      'streaming',
      'streaming',
      'streaming',
    ])
    expect(suggestMoves(matches, ours)).toEqual([])
  })
})
