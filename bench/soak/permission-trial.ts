import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, copyFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { addLabelledTracks } from '../../src/engine/kit/library.fixture.ts'
import { openStore } from '../../src/platform/store/store.ts'
import type { Outcome } from './outcome.ts'
import { writeShortTracks } from './short-tracks.ts'
import { startWatchedServer, type WatchedServer } from './watched-server.ts'

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')
const LABELLED_TRACKS = 20
const MUSIC_FILES = 3
const POLL_MS = 200
/** A change is looked at after two of these. */
const LOOKED_MS = 4000
const PATIENCE_MS = 60_000
/** Permissions do not bind an administrator, so the server then runs as somebody else. */
const NOBODY = 65_534
const USER = process.getuid?.() === 0 ? NOBODY : undefined
/** What may be closed in a data directory. */
const PARTS = ['', 'models', 'cache', 'backups', 'algiers.db'] as const

type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> }
type Track = { readonly path: string; readonly state: string }
type JobAnswer = {
  readonly status: string
  readonly error: { readonly code: string } | null
  readonly result: { readonly failures?: readonly { readonly file: string; readonly error: { code: string } }[] } | null
}

const giveTo = (user: number | undefined, place: string): void => {
  if (user === undefined) return
  chownSync(place, user, user)
  if (statSync(place).isDirectory()) for (const name of readdirSync(place)) giveTo(user, join(place, name))
}

const until = async (holds: () => Promise<boolean>): Promise<boolean> => {
  const begun = performance.now()
  while (performance.now() - begun < PATIENCE_MS) {
    if (await holds()) return true
    await sleep(POLL_MS)
  }
  return false
}

/** What is closed to the server is open again at the end, whatever happens. */
const whileClosed = async (place: string, mode: number, use: () => Promise<void>): Promise<void> => {
  const { mode: before } = statSync(place)
  chmodSync(place, mode)
  try {
    await use()
  } finally {
    chmodSync(place, before)
  }
}

const asking = ({ address, json }: WatchedServer) => {
  const ask = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(address + path, { method, ...(body ? { headers, body: JSON.stringify(body) } : {}) })
    const isJson = answer.headers.get('content-type')?.includes('json') ?? false
    const document = isJson ? ((await answer.json()) as Answer['body']) : {}
    if (!isJson) await answer.bytes()
    return { status: answer.status, body: document }
  }
  const ended = async (answer: Answer): Promise<JobAnswer> => {
    if (answer.body.job_id === undefined) throw new Error(`No job: ${answer.status} ${JSON.stringify(answer.body)}`)
    let job: JobAnswer
    do {
      await sleep(POLL_MS)
      job = await json<JobAnswer>('GET', `/api/jobs/${answer.body.job_id}`)
    } while (!['completed', 'failed', 'cancelled'].includes(job.status))
    return job
  }
  const tracks = async (): Promise<readonly Track[]> =>
    (await json<{ tracks: readonly Track[] }>('GET', '/api/tracks?limit=100')).tracks
  return { ask, ended, tracks, scan: async () => ended(await ask('POST', '/api/scan', {})) }
}

type Asking = ReturnType<typeof asking>

const codesOf = ({ result }: JobAnswer): readonly string[] =>
  (result?.failures ?? []).map(({ error: { code } }) => code)

/** The one folder that holds files. */
const musicFolder = (music: string): string =>
  join(music, readdirSync(music, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('/0'))!)

/** Folders and files of music that are closed and opened again. */
const musicTrial = async ({ ask, scan, tracks }: Asking, music: string): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = []
  const note = (holds: boolean, what: string): void => void outcomes.push({ holds, what })
  const folder = musicFolder(music)
  const ours = async (): Promise<readonly Track[]> => (await tracks()).filter(({ path }) => path.startsWith(music))
  const areAllThere = async (): Promise<boolean> => {
    const found = await ours()
    return found.length >= MUSIC_FILES && found.every(({ state }) => state === 'ok')
  }
  let told: readonly string[] = []
  await whileClosed(music, 0o000, async () => {
    await scan()
    told = (await ours()).map(({ state }) => state)
  })
  note(
    told.length === MUSIC_FILES && told.every((state) => state === 'offline'),
    `the folder closed: ${told.join(', ')}`,
  )
  note(await until(areAllThere), 'opened again, its tracks are there by themselves')
  await whileClosed(folder, 0o000, async () => {
    told = codesOf(await scan())
  })
  copyFileSync(join(folder, '0.wav'), join(folder, 'closed.wav'))
  chmodSync(join(folder, 'closed.wav'), 0o000)
  note(
    told.join() === 'AUDIO_UNREADABLE' && (await until(areAllThere)),
    `a folder in it closed: ${told.join(', ')}, and nothing is missing`,
  )
  const all = codesOf(await scan())
  chmodSync(join(folder, 'closed.wav'), 0o644)
  giveTo(USER, join(folder, 'closed.wav'))
  const copies = async (): Promise<boolean> => {
    const [track] = await ours()
    const id = (track as unknown as { id: number }).id
    return JSON.stringify((await ask('GET', `/api/tracks/${id}`)).body).includes('closed.wav')
  }
  note(
    all.join() === 'AUDIO_UNREADABLE' && (await until(copies)),
    `a new file closed: ${all.join(', ')}, and read once it is open`,
  )
  const played = async (): Promise<Answer> => {
    const [track] = await ours()
    return ask('GET', `/api/tracks/${(track as unknown as { id: number }).id}/audio`)
  }
  let refused: Answer = { status: 0, body: {} }
  await whileClosed(join(folder, 'closed.wav'), 0o000, () =>
    whileClosed(join(folder, '0.wav'), 0o000, async () => {
      refused = await played()
    }),
  )
  note(
    refused.body.code === 'AUDIO_UNREADABLE' && (await played()).status === 200,
    `a track closed while it is asked for: ${refused.body.code}, then it plays`,
  )
  return outcomes
}

/** A folder that was closed at the start, and so could not be watched. */
const watchTrial = async (music: string, start: () => Promise<WatchedServer>): Promise<readonly Outcome[]> => {
  const folder = musicFolder(music)
  let server: WatchedServer | null = null
  try {
    await whileClosed(folder, 0o000, async () => {
      server = await start()
      await sleep(LOOKED_MS)
    })
    await sleep(LOOKED_MS)
    const { scan, tracks } = asking(server!)
    const before = (await tracks()).length
    // A recording that no other file holds.
    writeShortTracks(join(folder, 'later'), 2, 140)
    giveTo(USER, folder)
    const isFound = await until(async () => (await tracks()).length > before)
    await scan()
    return [{ holds: isFound, what: 'a folder that was closed at the start: watched once it is open' }]
  } finally {
    ;(server as WatchedServer | null)?.kill()
  }
}

/** Each part of the data directory closed, and made read-only, while everything is asked for. */
const dataTrial = async ({ ask, ended, scan }: Asking, dataDir: string): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = []
  let beat = 0
  const label = (): Promise<Answer> => {
    const start = 4 * (beat++ % 20)
    const body = { track_id: 1, start_beat: start, end_beat: start + 12, label_value: 'drop' }
    return ask('POST', '/api/training/labels?overlap=trim', body)
  }
  const health = async (): Promise<string | null> =>
    ((await ask('GET', '/api/health')).body.library as { warning: string | null }).warning
  for (const part of PARTS)
    for (const mode of [0o000, 0o500]) {
      const told: string[] = []
      let warning: string | null = null
      await whileClosed(join(dataDir, part), mode, async () => {
        const asked = [
          label(),
          ...['/api/tracks?limit=100', '/api/training/models', '/api/backups', '/api/storage', '/api/doctor'].map(
            (one) => ask('GET', one),
          ),
          ask('GET', `/api/tracks/${LABELLED_TRACKS + 1}/waveform`),
          ask('GET', `/api/tracks/${LABELLED_TRACKS + 1}/sections?version=0`),
          ask('POST', '/api/backups'),
          ask('PATCH', '/api/settings', { workers: 2 }),
        ]
        for (const { status, body } of await Promise.all(asked)) if (status >= 400) told.push(String(body.code))
        for (const begun of [
          await ask('POST', '/api/training/start', { epochs: 2 }),
          await ask('POST', '/api/scan', {}),
        ]) {
          if (begun.body.job_id === undefined) told.push(String(begun.body.code))
          else {
            const job = await ended(begun)
            told.push(...(job.error === null ? codesOf(job) : [job.error.code]))
          }
        }
        warning = await health()
      })
      const afterwards = [
        (await label()).status === 201,
        (await ended(await ask('POST', '/api/training/start', { epochs: 2 }))).status === 'completed',
        codesOf(await scan()).length === 0,
        (await health()) === null,
      ]
      const name = part === '' ? 'the data directory' : part
      const words = [...new Set(told)]
      outcomes.push({
        holds:
          !words.some((code) => ['INTERNAL', 'undefined'].includes(code)) &&
          warning !== null &&
          afterwards.every(Boolean),
        what: `${name} ${mode === 0 ? 'closed' : 'read-only'}: ${words.join(', ') || 'everything works'}; ${warning === null ? 'nobody is told' : 'health says so'}, ${afterwards.every(Boolean) ? 'and goes on' : `and goes on: ${afterwards.join(', ')}`}`,
      })
    }
  return outcomes
}

/** What a start says of a part that is closed; a start that succeeds is ended at once. */
const codeOfStart = (dataDir: string): string => {
  const given = USER === undefined ? {} : { uid: USER, gid: USER }
  const env = { ...process.env, ALGIERS_DATA_DIR: dataDir }
  const { status, stdout } = spawnSync(process.execPath, [MAIN, 'labels', 'stats', '--json'], { env, ...given })
  const { error } = JSON.parse(stdout.toString()) as { error?: { code: string } }
  return `${error?.code ?? 'works'} (${status})`
}

const startTrial = async (dataDir: string): Promise<readonly Outcome[]> => {
  const told: string[] = []
  for (const part of [...PARTS, 'lock.db'])
    await whileClosed(join(dataDir, part), 0o000, async () => void told.push(codeOfStart(dataDir)))
  const after = codeOfStart(dataDir)
  return [
    {
      holds: told.every((one) => one === 'DATA_DIR_UNWRITABLE (1)') && after === 'works (0)',
      what: `starts with one part closed: ${[...new Set(told)].join(', ')}; afterwards ${after}`,
    },
  ]
}

/** Permissions that change under a server that runs on: nothing is lost, it is said, and goes on by itself. */
export const permissionTrial = async (): Promise<readonly Outcome[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-permissions-'))
  const [dataDir, music] = [join(folder, 'data'), join(folder, 'music')]
  const store = openStore(dataDir)
  addLabelledTracks(store, LABELLED_TRACKS)
  store.close()
  writeShortTracks(music, MUSIC_FILES, 128)
  giveTo(USER, folder)
  const server = await startWatchedServer(folder, dataDir, USER)
  const asked = asking(server)
  try {
    await server.json('POST', '/api/roots', { path: music })
    await asked.scan()
    const outcomes = [...(await musicTrial(asked, music)), ...(await dataTrial(asked, dataDir))]
    await server.stop()
    rmSync(join(folder, 'memory'), { recursive: true })
    const watched = await watchTrial(music, () => startWatchedServer(folder, dataDir, USER))
    return [...outcomes, ...watched, ...(await startTrial(dataDir))]
  } finally {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}
