import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { announceUpdate, findRunningServer } from '../api/running-server.ts'
import { lockDataDirectory } from '../platform/store/data-directory-lock.ts'
import { openDatabase } from '../platform/store/database.ts'
import { migrations } from '../platform/store/migrations.ts'
import { openStore } from '../platform/store/store.ts'
import { type OpeningPlace, openingPlace } from './open.fixture.ts'
import { type StartedCli, startAlgiers } from './run-algiers.fixture.ts'
import { serveUpdate } from './update-server.ts'

let place: OpeningPlace
let folder: string
let dataDir: string

beforeEach(() => {
  place = openingPlace()
  ;({ folder, dataDir } = place)
})
afterEach(() => place.remove())

const open = (...args: readonly string[]): StartedCli => startAlgiers(dataDir, ['open', '--json', ...args])
const openNow = async (...args: readonly string[]) => {
  const run = await open(...args).finished
  return run.document<{ address: string; opened: string | null }>()
}

describe.skipIf(process.platform !== 'linux')('algiers open', () => {
  test('starts a server that goes on by itself, and a second start opens a window on the same', async () => {
    const first = await openNow()
    expect(first.opened).toBe('window')
    expect((await fetch(`${first.address}/api/ready`)).status).toBe(200)
    expect(await openNow()).toEqual(first)
    expect(place.windows()).toEqual([first.address, first.address])
    expect(readFileSync(join(dataDir, 'logs/algiers.log'), 'utf8')).toMatch(/- Algiers \S+ serves on port \d+/)
    await place.quit()
    expect(readFileSync(join(dataDir, 'logs/algiers.log'), 'utf8')).toContain('- Algiers stops serving')
  })

  test('two clicks at once start one', async () => {
    const both = await Promise.all([openNow(), openNow()])
    expect(new Set(both.map(({ address }) => address)).size).toBe(1)
  })

  test('a start that finds the library in use, and then let go by one that never served it, starts itself', async () => {
    openStore(dataDir).close()
    const lock = lockDataDirectory({ lock: join(dataDir, 'lock.db'), database: join(dataDir, 'algiers.db') })
    const started = open()
    const log = join(dataDir, 'logs/algiers.log')
    await expect.poll(() => (existsSync(log) ? readFileSync(log, 'utf8') : '')).toContain('Data directory is in use')
    lock.release()
    const { address } = (await started.finished).document<{ address: string }>()
    expect((await fetch(`${address}/api/ready`)).status).toBe(200)
  })

  test('a home folder that is not there keeps nobody from a library that lies elsewhere', async () => {
    vi.stubEnv('HOME', join(folder, 'drive that is away'))
    const { address, opened } = await openNow()
    expect([new URL(address).hostname, opened]).toEqual(['127.0.0.1', 'window'])
  })

  test('what lies in the place of the note of its server keeps nobody from the library', async () => {
    mkdirSync(join(dataDir, 'server.json', 'inner'), { recursive: true })
    const { address } = await openNow()
    expect((await fetch(`${address}/api/ready`)).status).toBe(200)
    expect(JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8'))).toMatchObject({ address })
  })

  test('a server whose program has been moved since makes room for the one that is opened now', async () => {
    await openNow()
    const file = join(dataDir, 'server.json')
    const note = JSON.parse(readFileSync(file, 'utf8')) as { readonly instance: string; readonly program: string }
    expect(existsSync(note.program)).toBe(true)
    await openNow()
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(note)
    writeFileSync(file, JSON.stringify({ ...note, program: join(folder, 'moved', 'main.js') }))
    const again = await openNow()
    expect((await fetch(`${again.address}/api/ready`)).status).toBe(200)
    const { instance } = JSON.parse(readFileSync(file, 'utf8')) as { readonly instance: string }
    expect(instance).not.toBe(note.instance)
  })

  test('a model bundle is laid ready and offered, and so is what only looks like one or is not there', async () => {
    const file = join(folder, 'Ünïcode & co.algiers-model')
    writeFileSync(file, 'no model')
    const { address } = await openNow(file, join(folder, 'missing.algiers-model'))
    const offers = place.windows().map((window) => new URL(window))
    expect(offers.map(({ origin, pathname }) => origin + pathname)).toEqual([
      `${address}/training`,
      `${address}/training`,
    ])
    const shown = await Promise.all(
      offers.map(async (offer) => {
        const answer = await fetch(`${address}/api/training/offers/${offer.searchParams.get('offer')}`)
        return (await answer.json()) as { file_name: string; problem: { code: string } }
      }),
    )
    expect(shown.map(({ file_name, problem }) => [file_name, problem.code])).toEqual([
      ['Ünïcode & co.algiers-model', 'BUNDLE_INVALID'],
      ['missing.algiers-model', 'BUNDLE_UNREADABLE'],
    ])
  })

  test('a server that is open to the network is shown the token in the one address that offers the file', async () => {
    const serving = startAlgiers(dataDir, ['serve', '--host', '127.0.0.2', '--port', '0', '--no-open', '--json'])
    const [line] = (await once(serving.child.stdout!, 'data')) as [string]
    const { address, token } = JSON.parse(line) as { address: string; token: string }
    const file = join(folder, 'from a friend.algiers-model')
    writeFileSync(file, 'no model')
    expect(await openNow(file)).toEqual({ address, opened: 'window' })
    const offer = new URL(place.windows()[0]!)
    expect([offer.origin, offer.searchParams.get('token')]).toEqual([address, token])
    const entered = await fetch(offer, { redirect: 'manual' })
    const cookie = entered.headers.get('set-cookie')!.split(';')[0]!
    const path = new URL(entered.headers.get('location')!, address)
    const shown = await fetch(`${address}/api/training/offers/${path.searchParams.get('offer')}`, {
      headers: { cookie },
    })
    expect(await shown.json()).toMatchObject({ file_name: 'from a friend.algiers-model' })
    serving.child.kill('SIGTERM')
    expect((await serving.finished).code).toBe(0)
  })

  test('at login it opens a window only where the settings say so', async () => {
    expect((await openNow('--at-login')).opened).toBe('window')
    await fetch(`${(await findRunningServer(dataDir))!.address}/api/settings`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"open_at_start":false}',
    })
    await place.quit()
    const { address, opened: where } = await openNow('--at-login')
    expect(where).toBeNull()
    expect((await fetch(`${address}/api/ready`)).status).toBe(200)
    expect(place.windows()).toHaveLength(1)
  })

  test('a library of a newer Algiers is told on a page, left as it is, and opened once that is mended', async () => {
    openStore(dataDir).close()
    const setSchema = (version: number): void => {
      const database = new DatabaseSync(join(dataDir, 'algiers.db'))
      database.exec(`PRAGMA user_version = ${version}`)
      database.close()
    }
    const database = new DatabaseSync(join(dataDir, 'algiers.db'))
    const { user_version: own } = database.prepare('PRAGMA user_version').get() as { user_version: number }
    database.close()
    setSchema(999)
    const before = readFileSync(join(dataDir, 'algiers.db'))
    const started = open()
    await expect.poll(place.windows).toHaveLength(1)
    const page = place.windows()[0]!
    const html = await (await fetch(page)).text()
    expect(html).toContain('Algiers could not start: data is from a newer Algiers')
    expect(html).toContain('Update Algiers; nothing was changed.')
    expect(readFileSync(join(dataDir, 'algiers.db')).equals(before)).toBe(true)
    const again = (): Promise<Response> =>
      fetch(page, { method: 'POST', body: new URLSearchParams({ again: 'yes' }), redirect: 'manual' })
    expect(await (await again()).text()).toContain('data is from a newer Algiers')
    setSchema(own)
    const mended = await again()
    expect(mended.status).toBe(303)
    expect(mended.headers.get('location')).toBe((await findRunningServer(dataDir))!.address)
    expect((await started.finished).code).toBe(1)
    expect(readFileSync(join(dataDir, 'logs/algiers.log'), 'utf8')).toContain('SCHEMA_TOO_NEW')
  })

  /** Makes a library of the version before. */
  const makeOlder = (): void => {
    mkdirSync(join(dataDir, 'backups'), { recursive: true })
    const path = join(dataDir, 'algiers.db')
    openDatabase({ path, backups: join(dataDir, 'backups'), migrations: migrations.slice(0, -1) }).close()
  }

  test('while a library is brought up to date a window tells of it, and goes on to Algiers', async () => {
    makeOlder()
    const started = open()
    await expect.poll(place.windows).toHaveLength(1)
    const page = place.windows()[0]!
    const entered = await fetch(page, { redirect: 'manual' })
    const told = entered.status === 303 ? '' : await (await fetch(`${page}/events`)).text()
    const goal = entered.headers.get('location') ?? /"leadsTo":"([^"]+)"/.exec(told)?.[1]
    const { address } = (await findRunningServer(dataDir))!
    expect(goal).toBe(address)
    expect((await started.finished).document()).toEqual({ address, opened: 'window' })
    expect(place.windows()).toEqual([page])
    const copies = readdirSync(join(dataDir, 'backups')).filter((name) => name.includes('schema'))
    expect(copies).toEqual([expect.stringMatching(`^algiers-schema-${migrations.length - 1}-.*Z\\.db$`)])
  })

  test('at login an update opens no window where none is wanted', async () => {
    makeOlder()
    const path = join(dataDir, 'algiers.db')
    const database = new DatabaseSync(path)
    database.exec("INSERT OR REPLACE INTO settings (key, value) VALUES ('open_at_start', 'false')")
    database.close()
    expect((await openNow('--at-login')).opened).toBeNull()
    expect(place.windows()).toEqual([])
  })

  test('a second click while another start brings the library up to date waits for it, in a window that says so', async () => {
    makeOlder()
    const lock = lockDataDirectory({ lock: join(dataDir, 'lock.db'), database: join(dataDir, 'algiers.db') })
    const update = await serveUpdate({ stage: 'checking' })
    const withdraw = announceUpdate(dataDir, update.address)
    const started = open()
    await expect.poll(place.windows).toEqual([update.address])
    lock.release()
    openStore(dataDir).close()
    withdraw()
    const { address } = await openNow()
    void update.leadTo(address)
    for (const _ of ['its own window', 'of the second click'])
      expect((await fetch(update.address, { redirect: 'manual' })).headers.get('location')).toBe(address)
    expect((await started.finished).document()).toEqual({ address, opened: 'window' })
  })

  test('where there is no screen to show a failed start on, it ends at once, and says why', async () => {
    writeFileSync(dataDir, 'a file where the folder should be')
    vi.stubEnv('DISPLAY', '')
    vi.stubEnv('WAYLAND_DISPLAY', '')
    const { code, document } = await open().finished
    expect([code, document<{ error: { code: string } }>().error.code]).toEqual([1, 'DATA_DIR_UNWRITABLE'])
    expect(place.windows()).toEqual([])
    rmSync(dataDir)
  })

  test('where the library cannot lie, that is told on a page, too', async () => {
    writeFileSync(dataDir, 'a file where the folder should be')
    const started = open()
    await expect.poll(place.windows).toHaveLength(1)
    const html = await (await fetch(place.windows()[0]!)).text()
    expect(html).toContain('Algiers could not start: data directory cannot be written')
    rmSync(dataDir)
    await fetch(place.windows()[0]!, {
      method: 'POST',
      body: new URLSearchParams({ again: 'yes' }),
      redirect: 'manual',
    })
    expect((await started.finished).code).toBe(1)
  })

  test('the library is deleted when the page asks for it, and music stays', async () => {
    const music = join(folder, 'music')
    mkdirSync(music)
    writeFileSync(join(music, 'song.wav'), 'sound')
    const { address } = await openNow()
    const erase = (body: string): Promise<Response> =>
      fetch(`${address}/api/library/delete`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    expect((await erase('{"confirm":"yes"}')).status).toBe(422)
    expect((await erase('{"confirm":"delete"}')).status).toBe(202)
    await expect.poll(() => existsSync(dataDir)).toBe(false)
    expect(readFileSync(join(music, 'song.wav'), 'utf8')).toBe('sound')
  })
})
