import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium, type Page, type Request } from 'playwright-core'
import { PATIENCE_MS } from './patience.fixture.ts'

/** The browser of this machine; without one, the tests that drive it are skipped and say so. */
export const browserPath: string | undefined = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name)))
  .find((path) => existsSync(path))

/** No sandbox in containers, no calls home, sound without a gesture, and none that waits for a device that is not there. */
export const BROWSER_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-audio-output',
  '--autoplay-policy=no-user-gesture-required',
]

/** What an answer leads to is asked for by then. */
const QUIET_MS = 300
/** What a test holds back itself is not waited for. */
const HELD_MS = 5000

export type OpenedPage = {
  readonly page: Page
  /** What the page complained of: errors of scripts, refused resources, violations of its policy. */
  readonly complaints: readonly string[]
  /** Waits until everything that the page has asked for is there, and nothing more is asked for because of it. */
  readonly settled: () => Promise<void>
  readonly close: () => Promise<void>
}

/** What a page starts with, and has again before it is lent once more. */
const PLAIN = { media: null, colorScheme: null, reducedMotion: null, forcedColors: null } as const
const MODIFIERS = ['Alt', 'Control', 'Meta', 'Shift'] as const

let launched: Promise<Browser> | undefined
/** One for all pages of this process: to start it takes longer than most of what is done in it. It ends with the process. */
const launchedBrowser = (): Promise<Browser> => {
  launched ??= chromium.launch({ executablePath: browserPath!, headless: true, args: [...BROWSER_FLAGS] })
  return launched
}
/** Pages that were given back: a new one starts a process and compiles all scripts anew, which takes three times as long. */
const idle: Page[] = []
/** How often each was lent. A process that has shown a hundred pages has grown to most of a gigabyte. */
const loans = new WeakMap<Page, number>()
const MOST_LOANS = 12

/** For a process that would wait for its browser to end. */
export const closeBrowser = async (): Promise<void> => {
  await (await launched)?.close()
  launched = undefined
  idle.length = 0
}

const newPage = async (): Promise<Page> => {
  const page = await (await (await launchedBrowser()).newContext()).newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  return page
}

/** Leaves nothing in a page of what was done with it: no place, storage, cookies, listeners, held keys or other pages. */
const giveBack = async (page: Page): Promise<void> => {
  const context = page.context()
  try {
    for (const other of context.pages()) if (other !== page) await other.close()
    for (const key of MODIFIERS) await page.keyboard.up(key)
    // A page whose server is gone has no storage.
    await page.evaluate('localStorage.clear()').catch(() => {})
    await page.goto('about:blank')
    page.removeAllListeners()
    await context.clearCookies()
    await page.emulateMedia(PLAIN)
    await page.mouse.move(0, 0)
    idle.push(page)
  } catch {
    await context.close()
  }
}

type PageOptions = {
  readonly width?: number
  readonly height?: number
  /** It is closed in the end, since something would stay with it for good, as scripts at its start and a changed clock do. @default false */
  readonly isSpent?: boolean
}

/** A page with an empty profile, looking at an address. */
export const openPage = async (
  address: string,
  { width = 1440, height = 900, isSpent = false }: PageOptions = {},
): Promise<OpenedPage> => {
  const page = idle.pop() ?? (await newPage())
  const times = (loans.get(page) ?? 0) + 1
  loans.set(page, times)
  await page.setViewportSize({ width, height })
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // What the server refuses, the page tells in its own words; that the browser notes it too is no fault of the page.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text())
  })
  // Events never end, and of a recording only as much is fetched as is heard.
  const isAwaited = (request: Request): boolean => !['eventsource', 'media'].includes(request.resourceType())
  const open = new Set<Request>()
  let lastAt = performance.now()
  page.on('request', (request) => void (isAwaited(request) && open.add(request)))
  const end = (request: Request): void => {
    open.delete(request)
    lastAt = performance.now()
  }
  page.on('requestfinished', end)
  page.on('requestfailed', end)
  const settled = async (mostMs = Number.POSITIVE_INFINITY): Promise<void> => {
    const end = performance.now() + mostMs
    const isBusy = (): boolean => open.size > 0 || performance.now() - lastAt < QUIET_MS
    while (isBusy() && performance.now() < end) await page.waitForTimeout(QUIET_MS / 4)
  }
  const { keyboard } = page
  const press = keyboard.press.bind(keyboard)
  // A key goes to whatever is there at that moment, and is lost on a screen that is about to change.
  keyboard.press = async (...key) => {
    await settled(HELD_MS)
    await press(...key)
  }
  await page.goto(address)
  const close = async (): Promise<void> => {
    // A route that is still on its way would fail after the test that it belongs to.
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    keyboard.press = press
    await (isSpent || times >= MOST_LOANS ? page.context().close() : giveBack(page))
  }
  return { page, complaints, settled, close }
}
