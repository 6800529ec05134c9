import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { identifyFile } from '../../platform/decoding/identity.ts'
import { wavBytes } from '../../platform/decoding/wav-bytes.fixture.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import { editGrid } from '../analysis/edit-grid.ts'
import { trackDetails } from '../collection/track-overview.ts'
import type { AppEvent } from '../kit/event-log.ts'
import { addFixtureTrack, putLabels } from '../kit/library.fixture.ts'
import type { Workspace } from '../kit/workspace.ts'
import { acceptSuggestion, rejectSuggestion } from '../labelling/decide-suggestion.ts'
import { currentLabelStats } from '../labelling/list-labels.ts'
import { rejectedSuggestions, restoreSuggestion } from '../labelling/rejected-suggestions.ts'
import { listSuggestions } from '../labelling/suggestions.ts'
import { type BringInOptions, bringIn } from './bring-in.ts'
import { acceptImported, importDetails, openTracks, takeBackAcceptance, undoImport } from './imports.ts'
import { rekordboxXmlOf, type XmlTrack } from './rekordbox-xml.fixture.ts'

let folder = ''
let store: Store
let events: AppEvent[] = []
let workspace: Workspace
const open = (): void => {
  store = openStore(join(folder, 'library'))
  // No version proposes anything, so that every suggestion is of an import.
  store.settings.set('baseModel', false)
  events = []
  workspace = { store, pool: inlineRunner, ears: null as never, emit: (event) => events.push(event) }
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-bring-in-'))
  open()
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

/** Tracks of the fixture have 96 beats of half a second. */
const drop = [
  { name: 'Intro', start: 0 },
  { name: 'Drop', start: 16, pad: 0 },
  { name: 'Outro', start: 32 },
]
const bring = (tracks: readonly XmlTrack[], options: Partial<BringInOptions> & { isDryRun?: boolean } = {}) => {
  const path = join(folder, 'rekordbox.xml')
  writeFileSync(path, rekordboxXmlOf(tracks))
  const { isDryRun = false, ...rest } = options
  return bringIn(workspace, { path, ...rest }, { isDryRun })
}
const suggested = (trackId: number): readonly string[] =>
  listSuggestions(store, { trackId }).map(({ kind, startBeat, endBeat }) => `${kind} ${startBeat}–${endBeat}`)
const labelled = (trackId: number): readonly string[] =>
  store.labels
    .list({ trackId })
    .map(({ kind, startBeat, endBeat, source }) => `${kind} ${startBeat}–${endBeat} ${source}`)
const ALL = ['intro 0–32', 'drop 32–64', 'outro 64–96']

describe('bringing in a library of another program', () => {
  it('suggests the sections of its cues, counts none of them, and says what it found', async () => {
    const id = addFixtureTrack(store, { index: 0, path: 'Some Track.wav' })
    const report = await bring([
      { path: '/GONE/some track.wav', marks: drop },
      { path: '/elsewhere/b.wav', title: 'Lost' },
    ])
    expect(report.libraries).toMatchObject([
      {
        format: 'rekordbox-xml',
        program: 'rekordbox',
        version: '7.0.9',
        tracks: 2,
        cues: 3,
        playlists: 1,
        matched: 1,
        unmatched: 1,
        matchedBy: [{ by: 'path', tracks: 1 }],
        missing: [{ title: 'Lost', reason: 'not found' }],
        suggestions: 3,
        suggestedTracks: 1,
        importId: 1,
      },
    ])
    expect(suggested(id)).toEqual(ALL)
    expect(listSuggestions(store, { trackId: id })[1]).toMatchObject({
      origin: { kind: 'import', importId: 1, program: 'rekordbox', element: 'cue', name: 'Drop' },
      confidence: 0.8,
      runnerUp: null,
    })
    expect(store.labels.list()).toEqual([])
    expect((await currentLabelStats(store)).totalLabels).toBe(0)
    expect(store.playlists.list()).toMatchObject([{ name: 'Friday', folders: ['Nights'], places: 1, importId: 1 }])
    expect(store.playlists.trackIds(1)).toEqual([id])
    expect(events.at(-1)).toEqual({ type: 'imports' })
  })
  it('changes nothing where it only looks', async () => {
    const id = addFixtureTrack(store, { index: 0 })
    const report = await bring([{ path: '/gone/0.wav', marks: drop, rating: 4 }], { isDryRun: true })
    expect(report.libraries).toMatchObject([{ suggestions: 3, noted: 1, importId: null }])
    expect([suggested(id), store.imports.list(), store.playlists.list(), events]).toEqual([[], [], [], []])
    expect(store.notes.ofTracks([id]).get(id)!.rating).toBeNull()
  })
  it('leaves labels as they are, and suggests only beside them', async () => {
    const id = addFixtureTrack(store, { index: 0 })
    putLabels(store, id, [{ startBeat: 24, endBeat: 64, kind: 'build', source: 'user' }])
    const report = await bring([{ path: '/gone/0.wav', marks: drop }])
    expect(report.libraries[0]!.suggestions).toBe(2)
    expect(suggested(id)).toEqual(['intro 0–24', 'outro 64–96'])
    expect(labelled(id)).toEqual(['build 24–64 user'])
  })
  it('asks for names that it does not understand, and keeps the answers', async () => {
    const id = addFixtureTrack(store, { index: 0, tags: { title: 'One' } })
    const tracks = [{ path: '/gone/0.wav', marks: [{ name: 'Banger 1', start: 16 }] }]
    const looked = await bring(tracks, { isDryRun: true })
    expect(looked.libraries[0]!.questions).toMatchObject([
      { key: 'banger', name: 'Banger 1', cues: 1, examples: [{ trackId: id, title: 'One', seconds: 16 }] },
    ])
    await bring(tracks, { answers: [{ key: 'banger', kind: 'drop' }] })
    expect(suggested(id)).toEqual(['drop 32–96'])
    const again = await bring(tracks, { isDryRun: true })
    expect(again.libraries[0]).toMatchObject({
      questions: [],
      known: [{ key: 'banger', kind: 'drop', isAnswered: true }],
    })
  })
  it('measures how far the other program is off, and moves the cues of MP3 back', async () => {
    addFixtureTrack(store, { index: 0, path: '0.mp3' })
    addFixtureTrack(store, { index: 1, path: '1.wav' })
    const late = { marks: drop, tempo: { start: 0.026, bpm: 120 } }
    const { libraries } = await bring([
      { path: '/gone/0.mp3', ...late },
      { path: '/gone/1.wav', ...late },
    ])
    expect(libraries[0]).toMatchObject({ offsetTracks: 1, medianOffsetSeconds: expect.closeTo(-0.026, 4) })
  })
  it('notes ratings, comments and plays where nothing is noted', async () => {
    const [one, two] = [addFixtureTrack(store, { index: 0 }), addFixtureTrack(store, { index: 1 })]
    store.notes.change([two], () => [
      { trackId: two, notes: { rating: 1, colour: null, comment: 'mine', myTags: ['a'] } },
    ])
    const told = { rating: 4, plays: 12, comment: 'theirs' }
    await bring([
      { path: '/gone/0.wav', ...told },
      { path: '/gone/1.wav', ...told },
    ])
    const notes = store.notes.ofTracks([one, two])
    expect(notes.get(one)).toEqual({ rating: 4, colour: null, comment: 'theirs', myTags: ['played 10+'] })
    expect(notes.get(two)).toEqual({ rating: 1, colour: null, comment: 'mine', myTags: ['a', 'played 10+'] })
  })
  it('offers a grid that can be taken after another metre was set', async () => {
    const id = addFixtureTrack(store, { index: 0 })
    const track = store.tracks.get(id)!
    await editGrid(store, track, { kind: 'shift-phrase', bars: 2 })
    await bring([{ path: '/gone/0.wav', tempo: { start: 0.25, bpm: 60 } }])
    expect(store.imports.offeredGrids(id)).toMatchObject([{ firstDownbeat: 0, firstPhrase: 4 }])
    await editGrid(store, track, { kind: 'metre', beats: 3, seconds: 0 })
    const [offered] = trackDetails(store, track).offeredGrids
    expect(await editGrid(store, track, offered!)).toMatchObject({ grid: { beatsPerBar: 3, firstPhrase: 3 } })
  })
  it('takes another grid only where that is wanted, and moves what lies on the old one', async () => {
    const id = addFixtureTrack(store, { index: 0 })
    const tracks = [{ path: '/gone/0.wav', marks: drop, tempo: { start: 0.25, bpm: 60 } }]
    expect((await bring(tracks)).libraries[0]).toMatchObject({ otherGrids: 1, gridsTaken: 0 })
    expect((await bring(tracks, { grids: 'unsure' })).libraries[0]!.gridsTaken).toBe(0)
    expect(store.imports.offeredGrids(id)).toEqual([
      {
        kind: 'import',
        program: 'rekordbox',
        anchors: [{ beat: 0, seconds: 0.25, bpm: 60 }],
        firstDownbeat: 0,
        firstPhrase: 0,
        saysBars: true,
      },
    ])
    await undoImport(workspace, 1)
    expect(store.imports.offeredGrids(id)).toHaveLength(1)
    await undoImport(workspace, 2)
    expect(store.imports.offeredGrids(id)).toEqual([])
    const taken = await bring(tracks, { grids: 'all' })
    expect(taken).toMatchObject({ regridded: [id], libraries: [{ gridsTaken: 1 }] })
    expect(store.grids.current(id)).toMatchObject({ origin: 'edited', edit: 'import rekordbox' })
    expect(store.grids.current(id)!.grid.anchors[0]).toMatchObject({ bpm: 60, seconds: 0.25 })
    // The grid is the person's now, and stays.
    expect((await bring(tracks, { grids: 'all' })).libraries[0]!.gridsTaken).toBe(0)
  })
  it('finds a file under another name by what sounds in it', async () => {
    const copy = join(folder, 'USB copy.wav')
    writeFileSync(copy, wavBytes([Float32Array.of(0.1, 0.2, 0.3)], { bits: 16 }))
    const { audioDigest } = await identifyFile(copy)
    const id = addFixtureTrack(store, { index: 0, audioDigest })
    const { libraries } = await bring([{ path: copy, marks: drop }])
    expect(libraries[0]!.matchedBy).toEqual([{ by: 'audio', tracks: 1 }])
    expect(suggested(id)).toEqual(ALL)
  })
  it('stops between tracks when it is cancelled, and keeps nothing half', async () => {
    addFixtureTrack(store, { index: 0 })
    const path = join(folder, 'rekordbox.xml')
    writeFileSync(path, rekordboxXmlOf([{ path: '/gone/0.wav', marks: drop }]))
    const signal = AbortSignal.abort()
    await expect(bringIn(workspace, { path }, { isDryRun: false, signal })).rejects.toThrow()
    expect(listSuggestions(store)).toEqual([])
  })
})

describe('what an import suggests', () => {
  it('is accepted as imported labels, rejected for good, and restored', async () => {
    const id = addFixtureTrack(store, { index: 0 })
    await bring([{ path: '/gone/0.wav', marks: drop }])
    const track = store.tracks.get(id)!
    const [intro, second] = listSuggestions(store, { trackId: id })
    await acceptSuggestion(store, track, intro!.id)
    await rejectSuggestion(store, track, second!.id)
    expect(labelled(id)).toEqual(['intro 0–32 imported'])
    expect(suggested(id)).toEqual(['outro 64–96'])
    // Another import of the same library brings back nothing that is decided.
    await bring([{ path: '/gone/0.wav', marks: drop }])
    expect(suggested(id)).toEqual(['outro 64–96'])
    const [rejected] = rejectedSuggestions(store, track)
    expect(rejected).toMatchObject({ kind: 'drop', version: null })
    restoreSuggestion(store, track, rejected!.id)
    expect(suggested(id)).toEqual(['drop 32–64', 'outro 64–96'])
  })
  it('is accepted by kind, by track or all at once, and each acceptance is taken back as one', async () => {
    const ids = [0, 1, 2].map((index) => addFixtureTrack(store, { index }))
    await bring(ids.map((_, index) => ({ path: `/gone/${index}.wav`, marks: drop })))
    const drops = await acceptImported(workspace, 1, { kind: 'drop' })
    expect(drops).toMatchObject({ labels: 3, trackIds: ids })
    expect(await acceptImported(workspace, 1, { trackId: ids[0]! })).toMatchObject({ labels: 2 })
    const rest = await acceptImported(workspace, 1)
    expect(rest.labels).toBe(4)
    expect(importDetails(store, 1)).toMatchObject({ suggestions: 9, open: 0, accepted: 9, kinds: [] })
    expect(ids.map((id) => suggested(id))).toEqual([[], [], []])
    expect(await takeBackAcceptance(workspace, rest.acceptance)).toMatchObject({ labelsRemoved: 4, labelsKept: 0 })
    expect(suggested(ids[1]!)).toEqual(['intro 0–32', 'outro 64–96'])
    expect(labelled(ids[0]!)).toHaveLength(3)
    expect((await openTracks(store, 1)).map(({ trackId, suggestions }) => [trackId, suggestions])).toEqual([
      [ids[1], 2],
      [ids[2], 2],
    ])
  })
  it('goes as one when the import is taken back, also after a restart; what the person changed stays', async () => {
    const [one, two] = [0, 1].map((index) => addFixtureTrack(store, { index })) as [number, number]
    await bring(
      [
        { path: '/gone/0.wav', marks: drop, rating: 3, comment: 'theirs', tempo: { start: 0.25, bpm: 60 } },
        { path: '/gone/1.wav', marks: drop, rating: 3 },
      ],
      { grids: 'all' },
    )
    const own = store.grids.versions(one)[0]!.grid
    await acceptImported(workspace, 1, { trackId: two })
    const [intro, ...others] = store.labels.list({ trackId: two })
    putLabels(store, two, [{ ...intro!, kind: 'verse', source: 'user' }, ...others])
    store.notes.change([one], (notes) => [{ trackId: one, notes: { ...notes.get(one)!, comment: 'mine now' } }])
    store.close()
    open()
    expect(await undoImport(workspace, 1)).toEqual({
      labelsRemoved: 2,
      labelsKept: 1,
      notesRestored: 2,
      gridsRestored: [one],
      playlistsRemoved: 1,
      playlistsRestored: 0,
      playlistsKept: 0,
    })
    expect(labelled(two)).toEqual(['verse 0–32 user'])
    expect([suggested(one), suggested(two)]).toEqual([[], []])
    expect(store.grids.current(one)!.grid).toEqual(own)
    expect(store.notes.ofTracks([one]).get(one)).toEqual({
      rating: null,
      colour: null,
      comment: 'mine now',
      myTags: [],
    })
    expect(store.playlists.list()).toEqual([])
    await expect(undoImport(workspace, 1)).rejects.toMatchObject({ code: 'IMPORT_NOT_FOUND' })
  })
})
