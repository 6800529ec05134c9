/** Compiles the native parts of the packages with the `zig` that is given: see README.md. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { icoOf } from '../../packaging/icons.ts'

const HERE = import.meta.dirname
const ICON = join(HERE, '..', '..', 'src', 'web', 'icon.svg')

const SHARED = ['-shared', '-nostdlib', '-Wl,-soname,libatomic.so.1', '-Wl,--version-script=atomic.map', 'atomic.c']
/** Without a C library, which nothing here needs and whose headers are the only ones that Zig adds by itself. */
const WINDOWS = [
  '-nostdlib',
  '-fno-builtin',
  '-Wl,--subsystem,windows',
  'algiers.c',
  'algiers.rc',
  '-luser32',
  '-lkernel32',
]
const WINDOWS_HEADERS = join('lib', 'libc', 'include', 'any-windows-any')
/** By the file that is made. @param home the folder of Zig */
const partsOf = (home: string): Readonly<Record<string, readonly string[]>> => ({
  'libatomic-x64.so.1': ['-target', 'x86_64-linux-gnu.2.28', '-mcx16', ...SHARED],
  'libatomic-arm64.so.1': ['-target', 'aarch64-linux-gnu.2.28', '-mno-outline-atomics', ...SHARED],
  'Algiers.exe': ['-target', 'x86_64-windows-gnu', '-isystem', join(home, WINDOWS_HEADERS), ...WINDOWS],
})

/** Paths would get into what is made, so that everything is compiled in one folder, by plain names. */
export const buildNativeParts = (zig: string, target: string): void => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-native-'))
  cpSync(HERE, folder, { recursive: true })
  writeFileSync(join(folder, 'algiers.ico'), icoOf(readFileSync(ICON, 'utf8')))
  mkdirSync(target, { recursive: true })
  const caches = { ZIG_GLOBAL_CACHE_DIR: join(folder, 'global'), ZIG_LOCAL_CACHE_DIR: join(folder, 'local') }
  for (const [name, options] of Object.entries(partsOf(dirname(realpathSync(zig))))) {
    execFileSync(zig, ['cc', '-O2', '-s', '-fno-sanitize=all', ...options, '-o', name], {
      cwd: folder,
      env: { ...process.env, ...caches },
      stdio: 'inherit',
    })
    cpSync(join(folder, name), join(target, name))
  }
  rmSync(folder, { recursive: true })
}

if (import.meta.main) {
  const [, , zig] = process.argv
  if (zig === undefined) throw new Error('Say where zig is: see README.md')
  buildNativeParts(zig, join(HERE, '..', '..', 'packaging', 'prebuilt'))
}
