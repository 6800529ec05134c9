/** What the sections of a team are, and which sound alike. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { initCatalogue, type OpenCatalogue, openCatalogue, openKeeper } from '../../catalogue.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { activate, putVersion } from '../../platform/catalogue/model-rows.ts'
import { NO_POSTGRES, sharedPostgres } from '../../platform/catalogue/postgres.fixture.ts'
import { putSections } from '../../platform/catalogue/section-rows.ts'
import { nearestSections } from '../../platform/catalogue/section-sound-rows.ts'
import { nearestTracks } from '../../platform/catalogue/sound-rows.ts'
import { readTrack } from '../../platform/catalogue/track-rows.ts'
import type { CatalogueUser } from '../../platform/catalogue/user-rows.ts'
import { digestOf } from '../../platform/store/digest.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import { readSpecDigest } from '../kit/section-spec-digest.ts'
import type { SimilarSectionOptions } from '../sounds/similar-sections.ts'
import { windowsKey } from './analyse-stored.ts'
import { putFixtureTrack, refused, userSpan } from './catalogue.fixture.ts'
import { type Catalogue, reachCatalogue } from './catalogue.ts'
import { hearNextSections } from './team-parts.ts'
import { teamSections } from './team-sections.ts'

const postgres = sharedPostgres()
let catalogue: Catalogue
let url: string
let shared: OpenCatalogue
const people: Record<string, CatalogueUser> = {}
const ids: Record<string, number> = {}

const LOUD = [1, 0.1]
const SOFT = [0.1, 1]

beforeAll(async () => {
  if (postgres === null) return
  url = postgres.database()
  await initCatalogue(url, null)
  catalogue = await reachCatalogue(url)
  shared = await openCatalogue(url)
  const keeper = await openKeeper(url)
  for (const [name, team] of [
    ['mia', 'radio'],
    ['eve', 'other'],
  ] as const)
    people[name] = (await shared.people.of(await keeper.grant({ name, role: 'labeller', team })))!
  await keeper.close()
  for (const [title, bpm, camelot, tilt] of [
    ['One', 120, '8A', 0],
    ['Near', 122, '9A', 0.05],
    ['Far', 160, '3B', 0.2],
  ] as const)
    ids[title] = await putFixtureTrack(catalogue.sql, {
      title,
      bpm,
      camelot,
      embedding: [1],
      sections: [
        { kind: 'intro', startBeat: 0, endBeat: 64, sound: [SOFT[0]!, SOFT[1]!, tilt] },
        { kind: 'drop', startBeat: 64, endBeat: 192, sound: [LOUD[0]!, LOUD[1]!, tilt] },
        { kind: 'outro', startBeat: 192, endBeat: 256, sound: [SOFT[0]!, SOFT[1]!, tilt + 1] },
      ],
    })
})
beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))
afterAll(async () => {
  await shared?.app.close()
  await catalogue?.close()
})

const as = <Result>(who: string, ask: () => Promise<Result>): Promise<Result> => shared.people.actAs(people[who]!, ask)
const idOf = (title: string, beat: number): string => `${ids[title]}-${beat}`
const similar = (who: string, id: string, options?: SimilarSectionOptions): Promise<readonly string[]> =>
  as(who, () => shared.app.sounds.similarSections(id, options)).then((list) =>
    list.map(({ section }) => `${section.track.title} ${section.kind}`),
  )
/** Does what workers do beside the files, until nothing is left. */
const hearAll = async (): Promise<void> => {
  const sections = teamSections(catalogue, inlineRunner)
  while (await hearNextSections(catalogue, sections));
}

test('sections of other tracks that sound alike are found, the nearest first, and only those that mix or are of a kind', async () => {
  expect(await similar('mia', idOf('One', 128))).toEqual([
    'Near drop',
    'Far drop',
    'Near intro',
    'Far intro',
    'Near outro',
    'Far outro',
  ])
  expect(await similar('mia', idOf('One', 10), { kind: 'outro' })).toEqual(['Near outro', 'Far outro'])
  expect(await similar('mia', idOf('One', 128), { tempoWithinPercent: 3, limit: 2 })).toEqual([
    'Near drop',
    'Near intro',
  ])
  expect(await similar('mia', idOf('Far', 128), { compatibleKeys: true })).toEqual([])
  const [nearest] = await as('mia', () => shared.app.sounds.similarSections(idOf('One', 128), { kind: 'drop' }))
  expect(nearest).toMatchObject({
    section: { id: idOf('Near', 128), isLabel: false, startBeat: 64, endBeat: 192, startSeconds: (64 * 60) / 122 },
    score: 0.5,
    keyRelation: 'neighbour',
  })
  for (const gone of [idOf('One', 256), '999-1', 'drop', '0-1'])
    expect(await refused(similar('mia', gone))).toBe('SECTION_NOT_FOUND')
})

test('a label is a section of its team at once, and of nobody else', async () => {
  const label = (who: string, title: string, spans: readonly (readonly [SectionKind, number, number])[]) =>
    as(who, () =>
      shared.app.labelling.replace(
        String(ids[title]),
        spans.map((one) => userSpan(...one)),
      ),
    )
  await label('mia', 'Near', [['break', 64, 192]])
  expect(await as('mia', () => shared.app.sounds.section(idOf('Near', 128)))).toMatchObject({
    kind: 'break',
    isLabel: true,
    tags: null,
  })
  // What it was is not told any more, and what it is now once a worker has heard it.
  expect(await similar('mia', idOf('One', 128), { limit: 3 })).toEqual(['Far drop', 'Far intro', 'Far outro'])
  await hearAll()
  expect(await similar('mia', idOf('One', 128), { limit: 2 })).toEqual(['Near break', 'Far drop'])
  expect(await similar('mia', idOf('One', 128), { kind: 'break' })).toEqual(['Near break'])
  expect(await similar('mia', idOf('One', 128), { kind: 'intro' })).toEqual(['Near intro', 'Far intro'])
  expect(await similar('eve', idOf('One', 128), { limit: 2 })).toEqual(['Near drop', 'Far drop'])
  await label('mia', 'Near', [])
  await hearAll()
  expect(await similar('mia', idOf('One', 128), { limit: 2 })).toEqual(['Near drop', 'Far drop'])
})

test('what somebody turned down is no section of the team, and a grid that was moved moves it', async () => {
  const track = String(ids.Far)
  const all = await as('mia', () => shared.app.labelling.suggestions.list({ trackId: ids.Far! }))
  await as('mia', () => shared.app.labelling.suggestions.reject(track, all[1]!.id))
  await hearAll()
  expect(await similar('mia', idOf('One', 128), { kind: 'drop' })).toEqual(['Near drop'])
  await as('mia', () => shared.app.labelling.add(track, userSpan('chorus', 64, 192)))
  await as('mia', () => shared.app.analysis.editGrid(track, { kind: 'halve' }))
  await hearAll()
  const [chorus] = await as('mia', () => shared.app.sounds.similarSections(idOf('One', 128), { kind: 'chorus' }))
  expect(chorus!.section).toMatchObject({ startBeat: 32, endBeat: 96, startSeconds: (64 * 60) / 160 })
  expect(await similar('eve', idOf('One', 128), { kind: 'chorus' })).toEqual([])
})

test('what the version reads that a team has chosen is what its sections are', async () => {
  const { teamId } = people.eve!
  const { sql, transaction } = catalogue
  const { analysis, grid } = (await readTrack(sql, teamId, String(ids.Near)))!
  const spec = readSpecDigest(analysis!.featureSpecDigest, null)
  await putVersion(sql, teamId, { version: 1, onnx: new Uint8Array([1]), card: '{}' })
  const [, drop] = analysis!.sections!
  await transaction((inside) =>
    putSections(inside, teamId, {
      trackId: ids.Near!,
      version: 1,
      gridDigest: grid!.digest,
      spec,
      sections: [{ ...drop!, kind: 'verse' }],
    }),
  )
  await hearAll()
  expect(await similar('eve', idOf('One', 128), { kind: 'verse' })).toEqual([])
  await transaction((inside) => activate(inside, teamId, 1))
  await hearAll()
  expect(await similar('eve', idOf('One', 128), { kind: 'verse' })).toEqual(['Near verse'])
  expect(await similar('eve', idOf('One', 128), { kind: 'drop' })).toEqual(['Far drop'])
  await transaction((inside) => activate(inside, teamId, null))
  await hearAll()
  expect(await similar('eve', idOf('One', 128), { kind: 'drop' })).toEqual(['Near drop', 'Far drop'])
})

test('the index finds what comparing all finds, narrowed or not', async () => {
  const { sql } = catalogue
  // So few are compared one by one, where the planner is not told that they are many.
  const tellMany = 'UPDATE pg_class SET reltuples = 1e7, relpages = 1 WHERE oid = ANY ($1::regclass[])'
  await sql(tellMany, [['algiers.section_sounds', 'algiers.tracks']])
  const scans = async (index: string): Promise<number> => {
    const [row] = await sql<{ scans: number }>(
      `SELECT pg_stat_get_numscans('algiers.${index}'::regclass)::int AS scans`,
    )
    return row!.scans
  }
  const before = [await scans('section_sounds_by_sound'), await scans('tracks_by_sound')]
  const packDigest = 'fixture'
  const vector = `[${[...LOUD, ...new Array(510).fill(0)].join(',')}]`
  const sounds = { teamId: people.eve!.teamId, trackId: 0, packDigest, vector, limit: 9 }
  for (const [kind, filter, found] of [
    [undefined, null, 9],
    ['drop', null, 3],
    ['intro', { bpmRanges: [[119, 123]] }, 2],
    ['outro', { camelots: ['3B'], energies: [4, 6] }, 1],
  ] as const) {
    const query = { ...sounds, kind, filter }
    const near = await nearestSections(catalogue, query)
    expect(near).toHaveLength(found)
    expect(near).toEqual(await nearestSections(catalogue, { ...query, isExact: true }))
  }
  const tracks = { id: 0, packDigest, vector, limit: 3, filter: null }
  expect(await nearestTracks(catalogue, tracks)).toHaveLength(3)
  // What a connection has counted is told once it idles.
  await sql('SELECT pg_stat_force_next_flush()')
  await expect
    .poll(async () => [await scans('section_sounds_by_sound'), await scans('tracks_by_sound')])
    .toEqual([expect.toSatisfy((now: number) => now > before[0]!), expect.toSatisfy((now: number) => now > before[1]!)])
})

test('sections that no worker can hear are given up with their reason, and can be tried again', async () => {
  // Of each try its own, since the last one has left its track.
  const title = `Broken ${randomUUID()}`
  const broken = await putFixtureTrack(catalogue.sql, {
    title,
    embedding: [1],
    sections: [{ kind: 'drop', startBeat: 0, endBeat: 256, sound: LOUD }],
  })
  const windows = windowsKey({ audioDigest: digestOf(title), packDigest: 'fixture' })
  const whole = (await catalogue.objects.get(windows))!
  const putBytes = (bytes: Uint8Array): Promise<unknown> =>
    catalogue.sql('UPDATE algiers.objects SET bytes = $2 WHERE key = $1', [windows, bytes])
  await putBytes(Buffer.from('no windows'))
  const label = (endBeat: number) =>
    as('mia', () => shared.app.labelling.replace(String(broken), [userSpan('drop', 0, endBeat)]))
  await label(64)
  const sections = teamSections(catalogue, inlineRunner)
  const hearOften = async (): Promise<number> => {
    let failures = 0
    for (let at = 0; at < 10; at++) {
      await catalogue.sql(`UPDATE algiers.sounded_tracks SET claimed_until = '-infinity'`)
      await hearNextSections(catalogue, sections).catch(() => failures++)
    }
    return failures
  }
  const keeper = await openKeeper(url)
  onTestFinished(async () => {
    await putBytes(whole)
    await keeper.revive()
    await hearOften()
    await keeper.close()
  })
  expect(await hearOften()).toBe(5)
  expect(await keeper.status()).toMatchObject({ sectionsGivenUp: 1, dead: 0 })
  expect(await keeper.dead(10)).toMatchObject([
    { what: 'sections', prefix: '', key: `/gone/${title}.wav`, code: 'INTERNAL' },
  ])
  // Whoever changes it, or asks for it, has it tried again.
  await label(128)
  expect(await hearOften()).toBe(5)
  await keeper.revive()
  await putBytes(whole)
  expect(await hearOften()).toBe(0)
  expect(await keeper.status()).toMatchObject({ sectionsGivenUp: 0 })
  expect(await keeper.dead(10)).toEqual([])
})
