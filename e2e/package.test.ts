import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { renderWav } from '../src/demo/generate-track.ts'
import { planTrack } from '../src/demo/track-plan.ts'

const ROOT = join(import.meta.dirname, '..')
const MOST_PACKED_BYTES = 10_000_000

type Manifest = { readonly version: string; readonly dependencies: object; readonly optionalDependencies: object }
type Lock = { readonly packages: Readonly<Record<string, { readonly dev?: boolean }>> }
const read = <Document>(name: string): Document => JSON.parse(readFileSync(join(ROOT, name), 'utf8')) as Document

const folder = mkdtempSync(join(tmpdir(), 'algiers-package-'))
afterAll(() => rmSync(folder, { recursive: true }))

const npm = (cwd: string, ...args: readonly string[]): string => execFileSync('npm', args, { cwd, encoding: 'utf8' })

let filename = ''
beforeAll(() => {
  const packed = npm(ROOT, 'pack', '--no-ignore-scripts', '--json', '--pack-destination', folder)
  const list = JSON.parse(packed.slice(packed.lastIndexOf('\n[\n') + 1)) as [{ filename: string }]
  filename = list[0].filename
})

/** The folder of a user who has nothing but the tarball; the lock names what it needs, so that no registry has to be asked. */
const describeFolder = (tarball: string): void => {
  const { version, dependencies, optionalDependencies } = read<Manifest>('package.json')
  const dependency = { algiers: `file:${tarball}` }
  const needed = Object.entries(read<Lock>('package-lock.json').packages).filter(
    ([path, { dev }]) => path !== '' && !dev,
  )
  const packages = {
    '': { dependencies: dependency },
    'node_modules/algiers': {
      version,
      resolved: `file:${tarball}`,
      dependencies,
      optionalDependencies,
      bin: { algiers: 'lib/cli/main.js' },
    },
    ...Object.fromEntries(needed),
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies: dependency }))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, requires: true, packages }))
}

type Examination = { readonly checks: readonly { readonly name: string; readonly detail: string }[] }

/** What the installer of the native runtime would fetch, hundreds of megabytes from elsewhere, were it not skipped. */
const FETCHED = /providers_(?:cuda|tensorrt)/

/** Prints the digest of a demo track that the installed program renders. */
const RENDER = `
  const { renderWav } = await import('algiers/lib/demo/generate-track.js')
  const { planTrack } = await import('algiers/lib/demo/track-plan.js')
  const { createHash } = await import('node:crypto')
  process.stdout.write(createHash('sha256').update(await renderWav(planTrack(1, 'breakbeat'))).digest('hex'))`

test('the packed program installs into an empty folder, serves its page and its engine from there, and makes the demo', async () => {
  expect(statSync(join(folder, filename)).size).toBeLessThan(MOST_PACKED_BYTES)
  describeFolder(filename)
  npm(folder, 'ci', '--offline', '--no-audit', '--no-fund', '--ignore-scripts')
  const child = spawn(join(folder, 'node_modules', '.bin', 'algiers'), ['--port', '0', '--no-open', '--json'], {
    cwd: folder,
    env: { ...process.env, ALGIERS_DATA_DIR: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const { address } = JSON.parse(line.toString()) as { address: string }
  const page = await (await fetch(`${address}/library`)).text()
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)![1]!
  expect((await fetch(address + script)).headers.get('content-type')).toContain('text/javascript')
  expect(await (await fetch(`${address}/api/health`)).json()).toMatchObject({ status: 'ok', tracks: 0 })
  child.kill('SIGTERM')
  expect(await exit).toEqual([0, null])
  const algiers = join(folder, 'node_modules', '.bin', 'algiers')
  const examined = execFileSync(algiers, ['doctor', '--json'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ALGIERS_DATA_DIR: join(folder, 'data') },
  })
  const { checks } = JSON.parse(examined) as Examination
  expect(checks.find(({ name }) => name === 'sound tags')?.detail).toMatch(/runs on (?:coreml|cuda|dml|cpu)\b/)
  const runtime = readdirSync(join(folder, 'node_modules', 'onnxruntime-node'), { recursive: true, encoding: 'utf8' })
  expect(runtime.filter((name) => FETCHED.test(name))).toEqual([])
  const rendered = execFileSync(process.execPath, ['--input-type=module', '-e', RENDER], {
    cwd: folder,
    encoding: 'utf8',
  })
  const wav = await renderWav(planTrack(1, 'breakbeat'))
  expect(rendered).toBe(createHash('sha256').update(wav).digest('hex'))
})

/** What npm says where no registry answers. */
const NO_REGISTRY = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENOTCACHED/

test('npm installs the tarball for all of a machine, and npx runs it', (context) => {
  const prefix = join(folder, 'global')
  // Which versions of its packages' packages are the newest, only the registry knows; all else here stays on this machine.
  const PATH = process.env
    .PATH!.split(delimiter)
    .filter((place) => !place.includes('node_modules'))
    .join(delimiter)
  const env = {
    ...process.env,
    PATH,
    NODE_OPTIONS: '',
    npm_config_prefix: prefix,
    ALGIERS_DATA_DIR: join(folder, 'data'),
  }
  const options = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund']
  const tarball = join(folder, filename)
  const installed = spawnSync('npm', ['install', '--global', ...options, tarball], { encoding: 'utf8', env })
  // What npm only had to try twice is no reason to skip.
  if (installed.status !== 0 && NO_REGISTRY.test(installed.stderr))
    return context.skip('the registry of npm cannot be reached')
  expect(installed.status, installed.stderr).toBe(0)
  const { version } = read<Manifest>('package.json')
  const program = join(prefix, 'bin', 'algiers')
  expect(execFileSync(program, ['--version'], { encoding: 'utf8', env })).toBe(`${version}\n`)
  // The Node that npm runs on may be too old for the program, which then runs on the one that came with it.
  const { checks } = JSON.parse(execFileSync(program, ['doctor', '--json'], { encoding: 'utf8', env })) as Examination
  expect(checks.find(({ name }) => name === 'runtime')?.detail).toContain(`Node ${process.version}`)
  expect(spawnSync(program, ['no-such-command'], { env }).status).toBe(2)
  // npx keeps what it installs, hundreds of megabytes, beside what npm has fetched.
  const cache = join(folder, 'cache')
  mkdirSync(cache)
  symlinkSync(join(npm(folder, 'config', 'get', 'cache').trim(), '_cacache'), join(cache, '_cacache'), 'junction')
  const npx = ['--yes', '--prefer-offline', `--package=${tarball}`, 'algiers', '--version']
  const besides = { ...env, npm_config_cache: cache }
  expect(execFileSync('npx', npx, { encoding: 'utf8', env: besides, cwd: tmpdir() })).toBe(`${version}\n`)
  expect(readdirSync(join(cache, '_npx'))).toHaveLength(1)
})
