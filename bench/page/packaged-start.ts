/** From the click to the first rows: a package of `npm run package`, opened as a person opens it, in a window of a real browser. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Browser, chromium } from 'playwright-core'
import { BROWSER_FLAGS, browserPath } from '../../e2e/browser.fixture.ts'
import { PATIENCE_MS } from '../../e2e/patience.fixture.ts'
import { packageManifest } from '../../src/engine/kit/package-manifest.ts'
import { BENCH_FOLDER } from '../speed/audio.ts'
import { type BenchFigure, median } from '../speed/figures.ts'
import { PAGE_TRACKS, preparePageLibrary } from './library.ts'
import { watchProcessors } from './watch-processors.ts'

const RUNS = 5
/** The target: from the click to the first rows. */
const TARGET_S = 3
const LOOK_EVERY_MS = 20
const FIRST_ROWS = '[data-index="5"] [role=gridcell]:not(:empty)'

const unpack = (): string => {
  const name = `algiers-${packageManifest.version}-linux-${process.arch}`
  const archive = join(import.meta.dirname, '..', '..', 'release', `${name}.tar.gz`)
  if (!existsSync(archive)) throw new Error(`There is no ${archive}: run \`npm run package\` first, on Linux.`)
  const folder = join(BENCH_FOLDER, 'package')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  execFileSync('tar', ['xzf', archive, '-C', folder])
  return join(folder, name, 'algiers')
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { readonly port: number }
  server.close()
  return port
}

/** The browser that the program starts answers here only when it has begun. */
const attach = async (port: number): Promise<Browser> => {
  for (;;) {
    try {
      return await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
    } catch {
      await wait(LOOK_EVERY_MS)
    }
  }
}

type Opened = { readonly address: string }

type Start = {
  readonly seconds: number
  /** Of the processor, on all cores together. */
  readonly program: number
  readonly browser: number
}

const open = async (program: string, dataDir: string, config: string): Promise<Start> => {
  const port = await freePort()
  const browserScript = join(BENCH_FOLDER, 'browser.sh')
  const flags = [...BROWSER_FLAGS, '--headless=new', `--remote-debugging-port=${port}`]
  writeFileSync(browserScript, `#!/bin/sh\nexec ${browserPath} ${flags.join(' ')} "$@"\n`, { mode: 0o755 })
  const measured = watchProcessors({ program: '/app/lib/cli/main.js', browser: `--remote-debugging-port=${port}` })
  const start = performance.now()
  const child = spawn(program, ['open', '--json'], {
    env: {
      ...process.env,
      ALGIERS_DATA_DIR: dataDir,
      ALGIERS_BROWSER: browserScript,
      XDG_CONFIG_HOME: config,
      DISPLAY: process.env.DISPLAY ?? ':0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const printed = once(child.stdout!, 'data') as Promise<[Buffer]>
  const browser = await attach(port)
  const context = browser.contexts()[0]!
  const page = context.pages()[0] ?? (await context.waitForEvent('page'))
  await page.waitForSelector(FIRST_ROWS, { timeout: PATIENCE_MS })
  const seconds = (performance.now() - start) / 1000
  const processors = measured()
  const { address } = JSON.parse((await printed)[0].toString()) as Opened
  await fetch(`${address}/api/quit`, { method: 'POST' })
  const session = await browser.newBrowserCDPSession()
  await session.send('Browser.close')
  // The library is let go when the server has ended.
  while (await fetch(address).then(Boolean, () => false)) await wait(LOOK_EVERY_MS)
  return { seconds, ...processors }
}

export const benchStart = async (say: (text: string) => void): Promise<readonly BenchFigure[]> => {
  if (browserPath === undefined) throw new Error('No browser was found on the PATH: install chromium.')
  say(`Unpacking the program, and preparing a library of ${PAGE_TRACKS} tracks …`)
  const program = unpack()
  const { dataDir } = await preparePageLibrary()
  const config = join(BENCH_FOLDER, 'package-config')
  rmSync(config, { recursive: true, force: true })
  say('Opening it …')
  const first = await open(program, dataDir, config)
  const later: Start[] = []
  while (later.length < RUNS) later.push(await open(program, dataDir, config))
  const seconds = later.map((start) => start.seconds)
  const parts = (of: (part: (start: Start) => number) => number): string =>
    `of the program ${of((start) => start.program).toFixed(2)} s, of the browser ${of((start) => start.browser).toFixed(2)} s`
  return [
    {
      measure: `click to the first rows of ${PAGE_TRACKS} tracks`,
      value: median(seconds),
      unit: 's',
      target: TARGET_S,
      note: `median of ${RUNS} starts, server and browser not running; the slowest ${Math.max(...seconds).toFixed(2)} s`,
    },
    {
      measure: '– processor time until then',
      value: median(later.map(({ program: one, browser }) => one + browser)),
      unit: 's',
      target: null,
      note: `all cores together; ${parts((part) => median(later.map(part)))}`,
    },
    {
      measure: 'the very first one',
      value: first.seconds,
      unit: 's',
      target: TARGET_S,
      note: 'nothing of the program compiled before, and no profile of the window',
    },
    {
      measure: '– processor time until then',
      value: first.program + first.browser,
      unit: 's',
      target: null,
      note: `all cores together; ${parts((part) => part(first))}`,
    },
  ]
}
