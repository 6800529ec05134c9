import { execFileSync } from 'node:child_process'

/** What npm prints. It would leave out what only developers use where this says `production`, as the build of the page does. */
export const npm = (cwd: string, ...args: readonly string[]): string =>
  execFileSync('npm', args, {
    cwd,
    env: { ...process.env, NODE_ENV: '' },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    // On Windows it is a script.
    shell: process.platform === 'win32',
  })
