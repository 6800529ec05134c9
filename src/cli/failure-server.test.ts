import { expect, test } from 'vitest'
import { type ErrorReport, toErrorReport, UserError } from '../core/support/user-error.ts'
import { type Remedies, serveFailure } from './failure-server.ts'
import type { SecretServer } from './secret-server.ts'
import type { StartOutcome } from './start-detached.ts'

const DAMAGED = toErrorReport(new UserError('DATABASE_DAMAGED', '/home/dj/<b>algiers.db: malformed.'))
const COPY = { name: 'algiers-day-2026-11-23.db', words: '23 November 2026: 70 labels, 12 tracks' }

type Shown = SecretServer & { readonly restored: string[] }

/** @param outcomes what each try to start comes to */
const shown = async (
  outcomes: readonly StartOutcome[],
  { error = DAMAGED, ...own }: Partial<Remedies> & { readonly error?: ErrorReport } = {},
): Promise<Shown> => {
  const restored: string[] = []
  const left = [...outcomes]
  const server = await serveFailure(error, {
    dataDir: '/home/dj/music library',
    begin: async () => left.shift()!,
    copies: async ({ code }) => (code === 'DATABASE_DAMAGED' ? [COPY] : []),
    restore: async (name) => {
      restored.push(name)
      return null
    },
    report: async ({ code }, withNames) => `${code}${withNames ? ' of Ünïcode.wav' : ''}`,
    log: async () => '<b>what happened</b>',
    ...own,
  })
  return { ...server, restored }
}

const send = (address: string, form: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(address, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' })

const STARTED = { address: 'http://127.0.0.1:4747', token: null }

test('it says what is wrong and what to do, names no command, and shows what it is told as text', async () => {
  const { address, ended } = await shown([STARTED])
  const response = await fetch(address)
  const html = await response.text()
  expect(html).toContain('Algiers could not start: library file is damaged')
  expect(html).toContain('/home/dj/&lt;b&gt;algiers.db: malformed.')
  expect(html).toContain('Restore one of the copies of the library.')
  expect(html).toContain(COPY.words)
  expect(html).toContain('The library lies in /home/dj/music library')
  expect(html).not.toMatch(/`|<script|algiers backups/)
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  await send(address, { again: 'yes' })
  await ended
})

test('a copy is restored at a click, after which Algiers opens and the page is no longer needed', async () => {
  const { address, ended, restored } = await shown([STARTED])
  const response = await send(address, { restore: COPY.name })
  expect([response.status, response.headers.get('location'), restored]).toEqual([303, STARTED.address, [COPY.name]])
  await ended
  await expect(fetch(address)).rejects.toThrow()
})

test('another try that fails shows the reason of that one', async () => {
  const full = toErrorReport(new UserError('STORAGE_FULL', 'This could not be written.'))
  const { address, ended } = await shown([{ error: full }, { ...STARTED, token: 'secret' }])
  const again = await send(address, { again: 'yes' })
  expect(again.status).toBe(200)
  const html = await again.text()
  expect(html).toContain('disk is full')
  expect(html).not.toContain(COPY.words)
  expect((await send(address, { again: 'yes' })).headers.get('location')).toBe('http://127.0.0.1:4747/?token=secret')
  await ended
})

test('a copy that cannot be restored is told, and nothing is started', async () => {
  const refusal = toErrorReport(new UserError('SCHEMA_TOO_NEW', 'The copy has schema 99.'))
  const { address, ended } = await shown([STARTED], { restore: async () => refusal })
  expect(await (await send(address, { restore: COPY.name })).text()).toContain('The copy has schema 99.')
  await send(address, { again: 'yes' })
  await ended
})

test('a report is made as a file, with names where that is ticked, and the log is shown as plain text', async () => {
  const { address, ended } = await shown([STARTED])
  const html = await (await fetch(address)).text()
  const [, action] = /<form action="([^"]+)"><button>Make a report/.exec(html)!
  expect(html).toContain('type="checkbox" name="names" value="true"')
  const [, log] = /<a href="([^"]+)" target="_blank">Show log/.exec(html)!
  const { origin } = new URL(address)
  // As a browser sends a form, unticked and ticked.
  const [plain, named, lines] = await Promise.all(
    [`${action}?`, `${action}?names=true`, log!].map((path) => fetch(origin + path)),
  )
  expect(plain!.headers.get('content-disposition')).toBe('attachment; filename="algiers-report.txt"')
  expect([await plain!.text(), await named!.text()]).toEqual(['DATABASE_DAMAGED', 'DATABASE_DAMAGED of Ünïcode.wav'])
  expect([lines!.headers.get('content-type'), await lines!.text()]).toEqual([
    'text/plain; charset=utf-8',
    '<b>what happened</b>',
  ])
  await send(address, { again: 'yes' })
  await ended
})

test('whoever does not know the address gets nothing', async () => {
  const { address, ended, restored } = await shown([STARTED])
  const { origin } = new URL(address)
  for (const path of ['/', '/library', `${new URL(address).pathname}/x`])
    expect((await send(`${origin}${path}`, { restore: COPY.name })).status).toBe(404)
  expect(restored).toEqual([])
  await send(address, { again: 'yes' })
  await ended
})
