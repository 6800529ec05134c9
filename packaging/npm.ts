import { execFileSync } from 'node:child_process'

/** What npm prints. On Windows it is a script, which needs a shell. */
export const npm = (cwd: string, ...args: readonly string[]): string =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28, shell: process.platform === 'win32' })
