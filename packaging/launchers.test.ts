/** What is double-clicked on Linux and macOS, with something in the place of Node that tells how it was started. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { text } from './texts.ts'

const HOSTILE = { NODE_OPTIONS: '--no-such-option', NODE_PATH: '/junk', NODE_ICU_DATA: '/junk', OPENSSL_CONF: '/junk' }
const TELL = `#!/bin/sh
printf '%s\\n' "$@"
env | grep -E '^(NODE_OPTIONS|NODE_PATH|NODE_ICU_DATA|OPENSSL_CONF)='
exit $CODE
`

let folder: string
let shown: string
beforeEach(() => {
  // A name as people give them, which a shell could take apart.
  folder = join(mkdtempSync(join(tmpdir(), 'algiers-launcher-')), `It's "100%" $HOME & (é)`)
  shown = join(folder, 'shown')
  for (const name of ['zenity', 'osascript'])
    put(`bin-of-the-desktop/${name}`, `#!/bin/sh\nprintf '%s\\n' "$@" > "$SHOWN"\n`)
})
afterEach(() => rmSync(dirname(folder), { recursive: true }))

const put = (path: string, content: string, mode = 0o755): string => {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  chmodSync(file, mode)
  return file
}
/** Runs a launcher as a file manager does, without a terminal. */
const run = (launcher: string, environment: Readonly<Record<string, string>> = {}, args: readonly string[] = []) => {
  const PATH = `${join(folder, 'bin-of-the-desktop')}:${process.env.PATH}`
  const env = { ...HOSTILE, PATH, HOME: folder, SHOWN: shown, CODE: '0', ...environment }
  const { status, stdout, stderr } = spawnSync(launcher, args, { encoding: 'utf8', env, cwd: '/' })
  return { status, stderr, said: stdout.split('\n').slice(0, -1) }
}

describe.skipIf(process.platform !== 'linux')('on Linux', () => {
  const SCREEN = { DISPLAY: ':of-this-test' }
  let launcher: string
  beforeEach(() => {
    launcher = put('algiers', text('linux/algiers.sh'))
    put('app/lib/cli/main.js', '')
    put('runtime/node', TELL)
  })

  test('Node runs the program of its own folder with what it was given, and with nothing that is set for other programs', () => {
    const main = join(folder, 'app/lib/cli/main.js')
    const given = ['open', 'a b.algiers-model', '$(x)']
    expect(run(launcher, SCREEN, given)).toEqual({ status: 0, stderr: '', said: [main, ...given] })
  })

  test('a double-click opens the page, where there is a screen', () => {
    expect(run(launcher, SCREEN).said.slice(1)).toEqual(['open'])
    expect(run(launcher).said.slice(1)).toEqual([])
  })

  test('what keeps it from starting at all is shown in a window', () => {
    const refusal = (): string => {
      rmSync(shown, { force: true })
      expect(run(launcher, SCREEN).status).toBe(126)
      return readFileSync(shown, 'utf8')
    }
    copyFileSync(
      join(import.meta.dirname, 'prebuilt', `libatomic-${process.arch === 'x64' ? 'arm64' : 'x64'}.so.1`),
      join(folder, 'runtime/node'),
    )
    expect(refusal()).toContain('Algiers cannot start. It is not made for this machine')
    chmodSync(join(folder, 'runtime/node'), 0o644)
    // Nothing is closed to root, but what nobody may run.
    expect(refusal()).toContain(`No program may be run from the folder ${folder}.`)
    rmSync(join(folder, 'runtime/node'))
    expect(refusal()).toContain(`A part of it is missing from the folder ${folder}.`)
    expect(run(launcher).stderr).toContain('Unpack the whole download again.')
  })
})

describe.skipIf(process.platform === 'win32')('on macOS', () => {
  let launcher: string
  beforeEach(() => {
    launcher = put('Algiers.app/Contents/MacOS/Algiers', text('macos/Algiers.sh'))
    put('Algiers.app/Contents/Resources/bin/algiers', text('macos/algiers-terminal.sh'))
    put('Algiers.app/Contents/Resources/runtime/node', TELL)
  })
  const main = (): string => join(folder, 'Algiers.app/Contents/Resources/app/lib/cli/main.js')

  test('Finder opens the page, and the command for terminals does what it is told, through a link as well', () => {
    expect(run(launcher, { CDPATH: '/tmp' })).toEqual({ status: 0, stderr: '', said: [main(), 'open'] })
    const command = join(folder, 'Algiers.app/Contents/Resources/bin/algiers')
    const linked = join(folder, 'linked')
    expect(spawnSync('ln', ['-s', command, linked]).status).toBe(0)
    for (const one of [command, linked]) expect(run(one, {}, ['tracks', 'a b']).said).toEqual([main(), 'tracks', 'a b'])
  })

  test('where macOS does not let Node run, that is told in a window; what the program has told itself is not told twice', () => {
    expect(run(launcher, { CODE: '1' }).status).toBe(1)
    expect(existsSync(shown)).toBe(false)
    expect(run(launcher, { CODE: '137' }).status).toBe(137)
    expect(readFileSync(shown, 'utf8')).toContain('macOS did not let it run')
  })

  test.each(['129', '130', '143'])('what was ended by request, with %s, is no reason for a window', (code) => {
    expect(run(launcher, { CODE: code }).status).toBe(Number(code))
    expect(existsSync(shown)).toBe(false)
  })

  test.each(['SIGTERM', 'SIGHUP'] as const)(
    '%s to what Finder has started reaches Node, which is waited for',
    async (signal) => {
      put(
        'Algiers.app/Contents/Resources/runtime/node',
        `#!/bin/sh
trap 'sleep 0.3; echo ended; exit 0' ${signal.slice(3)}
echo begun
while :; do sleep 0.1; done
`,
      )
      const script = spawn(launcher, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, SHOWN: shown } })
      script.stdout.setEncoding('utf8')
      await once(script.stdout, 'data')
      let said = ''
      script.stdout.on('data', (words: string) => {
        said += words
      })
      script.kill(signal)
      expect([await once(script, 'close'), said]).toEqual([[0, null], 'ended\n'])
    },
  )
})
