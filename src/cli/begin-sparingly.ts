import { withCommand } from './with-command.ts'

/** What a server gives back of its memory is decided by settings that only a start takes; measured in decision 0026. */
const OBJECTS = ['--max-semi-space-size=4', '--heap-growing-percent=50'] as const

/**
 * For glibc, which others ignore: few arenas, since each thread that ever ran keeps one with what was freed in it, and large buffers
 * go back to the system at once.
 */
const ALLOCATOR = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '262144',
  MALLOC_TRIM_THRESHOLD_: '262144',
} as const

const MARK = 'ALGIERS_BEGUN_SPARINGLY'

/**
 * Begins this process anew with those settings where it is to serve: it runs for days, other commands for seconds. It keeps its id and
 * its streams. Where the system cannot do that, it goes on as it is, with more memory.
 */
export const beginSparingly = (args: readonly string[]): void => {
  const { execve, execPath, execArgv, argv, env, platform } = process
  if (env[MARK] !== undefined) {
    // What it starts itself is not meant.
    for (const name of [MARK, ...Object.keys(ALLOCATOR)]) delete env[name]
    return
  }
  const isServing = withCommand(args)[0] === 'serve'
  // A parent that talks to it over a channel would lose it.
  if (platform === 'win32' || execve === undefined || !isServing || process.connected) return
  execve(execPath, [execPath, ...OBJECTS, ...execArgv, ...argv.slice(1)], { ...env, ...ALLOCATOR, [MARK]: '1' })
}
