import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PATIENCE_MS } from '../e2e/patience.fixture.ts'

const CACHE = join(import.meta.dirname, '..', '.cache', 'debian')
const SUITE = 'bookworm'
/** Beside the least that is Debian: what tells a desktop of programs and types of files. */
const DESKTOP = 'shared-mime-info,desktop-file-utils'
const NEEDED = ['debootstrap', 'unshare', 'nsenter', 'ip', 'chroot'] as const
const USER = 'dj'
/** Where its browser lets itself be looked into. */
const DEBUG_PORT = '9222'
const APT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive' }

const isOnPath = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0

/** Why no Debian can be set up here; null where it can. */
export const whyNoDebian = (): string | null => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'not on linux-x64'
  if (process.getuid?.() !== 0) return 'root alone can set up a Debian of its own'
  return NEEDED.find((program) => !isOnPath(program))?.concat(' not on the PATH') ?? null
}

/** How dpkg is told while a Debian is made: what nobody reads in there is not unpacked, and what a power cut would lose is made again. */
const SETTINGS = join('etc', 'dpkg', 'dpkg.cfg.d', 'unpacking')
const UNPACKING = ['doc', 'info', 'lintian', 'locale', 'man']
  .map((name) => `path-exclude=/usr/share/${name}/*\n`)
  .concat('force-unsafe-io\n')
  .join('')

const runQuietly = async (program: string, args: readonly string[], env = process.env): Promise<void> => {
  const [code] = (await once(spawn(program, args, { stdio: 'ignore', env }), 'exit')) as [number | null]
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}`)
}

const making = new Map<string, Promise<string>>()

/** Made once: nothing of a folder here changes, since each use has a copy. */
const madeOnce = (name: string, make: (folder: string) => Promise<void>): Promise<string> => {
  const folder = join(CACHE, `${SUITE}-${name}`)
  const makeIt = async (): Promise<string> => {
    if (existsSync(folder)) return folder
    const begun = `${folder}.partial`
    rmSync(begun, { recursive: true, force: true })
    mkdirSync(CACHE, { recursive: true })
    await make(begun)
    renameSync(begun, folder)
    return folder
  }
  const made = making.get(name) ?? makeIt()
  making.set(name, made)
  // Who asks again after a failure has it tried again.
  made.catch(() => making.delete(name))
  return made
}

const minimal = (): Promise<string> =>
  madeOnce('minimal', async (folder) => {
    mkdirSync(join(folder, SETTINGS, '..'), { recursive: true })
    writeFileSync(join(folder, SETTINGS), UNPACKING)
    await runQuietly('debootstrap', ['--variant=minbase', `--include=${DESKTOP}`, SUITE, folder])
    await runQuietly('chroot', [folder, 'apt-get', 'clean'], APT)
    await runQuietly('chroot', [folder, 'useradd', '--create-home', USER])
  })

/** With a browser, a screen to open its windows on, and the commands by which a desktop opens files. */
const desktop = (): Promise<string> =>
  madeOnce('desktop', async (folder) => {
    await runQuietly('cp', ['-a', await minimal(), folder])
    const install =
      'apt-get update && apt-get install --yes --no-install-recommends chromium chromium-sandbox openbox xvfb x11-utils xdg-utils libglib2.0-bin && apt-get clean'
    await runQuietly('chroot', [folder, 'sh', '-c', install], APT)
  })

/** Begins to make what `openDebianRoot` copies, which waits for packages more than it works. A failure is told there. */
export const beginDebianRoots = (): void => {
  if (whyNoDebian() === null) desktop().catch(() => {})
}

type Ran = { readonly code: number | null; readonly stdout: string; readonly stderr: string }
type As = { readonly user?: 'root' | 'dj'; readonly cwd?: string }

export type DebianRoot = {
  /** Where it lies outside. */
  readonly folder: string
  readonly run: (command: readonly string[], as?: As) => Ran
  /** Asks a server in there for JSON: from outside its network cannot be reached. */
  readonly ask: <Answer>(url: string, method?: 'GET' | 'POST', body?: object) => Answer
  readonly download: (url: string) => Buffer
  /** Waits until a window of its browser shows a text, and presses a button or link there. @returns all that the window showed */
  readonly see: (text: string, button?: string) => { readonly address: string; readonly text: string }
  readonly close: () => Promise<void>
}

const ASK = `
  const [url, method, body] = process.argv.slice(1)
  const answer = await fetch(url, { method, ...(body && { body, headers: { 'content-type': 'application/json' } }) })
  process.stdout.write(await answer.bytes())
  if (!answer.ok) process.exit(1)`

/**
 * A Debian of its own, with processes and a network of its own that leads nowhere. @see whyNoDebian
 * @param kind without anything, or with a browser
 */
export const openDebianRoot = async (kind: 'minimal' | 'desktop'): Promise<DebianRoot> => {
  const place = mkdtempSync(join(tmpdir(), 'algiers-debian-'))
  const folder = join(place, 'root')
  await runQuietly('cp', ['-a', await (kind === 'desktop' ? desktop() : minimal()), folder])
  // Algiers is installed as on any other Debian.
  rmSync(join(folder, SETTINGS), { force: true })
  if (kind === 'desktop')
    writeFileSync(
      join(folder, 'etc', 'chromium.d', 'looked-into'),
      `export CHROMIUM_FLAGS="$CHROMIUM_FLAGS --remote-debugging-port=${DEBUG_PORT}"\n`,
    )
  const holder = spawn(
    'unshare',
    [
      '--net',
      '--mount',
      '--pid',
      '--fork',
      '--kill-child',
      'sh',
      '-c',
      'ip link set lo up && mount -t proc proc "$0/proc" && mount -t tmpfs shared "$0/dev/shm" && echo ready && exec sleep infinity',
      folder,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  await once(holder.stdout!, 'data')
  const inside = readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, 'utf8').trim()
  const enter = (command: readonly string[], { user = USER, cwd = '/' }: As = {}): string[] => [
    ...['-t', inside, '--net', '--mount', '--pid', 'chroot', `--userspec=${user}:${user}`, folder],
    ...[
      'env',
      '-i',
      `HOME=${user === 'root' ? '/root' : `/home/${user}`}`,
      'PATH=/usr/sbin:/usr/bin:/sbin:/bin',
      'LANG=C.UTF-8',
    ],
    ...['sh', '-c', 'cd "$0" && exec "$@"', cwd, ...command],
  ]
  const inNetwork = (args: readonly string[]): Buffer =>
    execFileSync('nsenter', ['-t', inside, '--net', process.execPath, ...args], {
      maxBuffer: 2 ** 26,
      timeout: 3 * PATIENCE_MS,
    })
  const fetched = (...args: readonly string[]): Buffer => inNetwork(['--input-type=module', '-e', ASK, ...args])
  const run = (command: readonly string[], as?: As): Ran => {
    const { status, stdout, stderr } = spawnSync('nsenter', enter(command, as), {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    })
    return { code: status, stdout, stderr }
  }
  return {
    folder,
    run,
    ask: (url, method = 'GET', body) =>
      JSON.parse(fetched(url, method, ...(body ? [JSON.stringify(body)] : [])).toString()),
    download: (url) => fetched(url, 'GET'),
    see: (text, button) =>
      JSON.parse(
        inNetwork([
          join(import.meta.dirname, 'see-window.fixture.ts'),
          DEBUG_PORT,
          text,
          ...(button === undefined ? [] : [button]),
        ]).toString(),
      ),
    close: async () => {
      const exit = once(holder, 'exit')
      // While it waits, it ignores what asks it to end.
      holder.kill('SIGKILL')
      await exit
      rmSync(place, { recursive: true })
    },
  }
}
