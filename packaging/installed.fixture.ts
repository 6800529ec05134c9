import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { DebianRoot } from './debian-root.fixture.ts'
import { type Release, version } from './release.fixture.ts'

export const HOME = '/home/dj'
export const LIBRARY = `${HOME}/.local/share/algiers`

/** Does what only root may do. */
export const asRoot = (debian: DebianRoot, ...command: readonly string[]): void => {
  const { code, stderr } = debian.run(command, { user: 'root' })
  expect(code, stderr).toBe(0)
}

export const bring = (debian: DebianRoot, release: Release, name: string, place: string): void =>
  cpSync(join(release.folder, name), join(debian.folder, place, name))

/** @returns what dpkg says */
export const install = (debian: DebianRoot, release: Release): string => {
  const name = `algiers_${version}_amd64.deb`
  bring(debian, release, name, '/root')
  const { code, stdout, stderr } = debian.run(['dpkg', '-i', `/root/${name}`], { user: 'root' })
  expect(code, stderr).toBe(0)
  return stdout
}

export type Opened = { readonly address: string; readonly opened: string | null }

/** Opens Algiers as the ordinary user. @param environment such as `DISPLAY=:7` */
export const open = (
  debian: DebianRoot,
  environment: readonly string[] = [],
  files: readonly string[] = [],
): Opened => {
  const { code, stdout, stderr } = debian.run(['env', ...environment, 'algiers', 'open', '--json', ...files])
  expect(code, stderr + stdout).toBe(0)
  return JSON.parse(stdout) as Opened
}

/** What opening a library that lies elsewhere comes to. */
export const openAt = (debian: DebianRoot, place: string) =>
  JSON.parse(debian.run(['env', `ALGIERS_DATA_DIR=${place}`, 'algiers', 'open', '--json']).stdout) as {
    readonly address?: string
    readonly error?: { readonly code: string; readonly hint: string }
  }

const hasEnded = async (debian: DebianRoot, program = /runtime\/node/): Promise<void> => {
  await expect.poll(() => debian.run(['sh', '-c', 'readlink /proc/[0-9]*/exe']).stdout).not.toMatch(program)
}

/** @returns when nothing runs on the packaged Node any more */
export const quit = async (debian: DebianRoot, address: string): Promise<void> => {
  debian.ask(`${address}/api/quit`, 'POST')
  await hasEnded(debian)
}

/** Ends what runs on the packaged Node, and its windows; an empty Debian has no `pkill`. */
const END_ALL =
  'for each in /proc/[0-9]*; do case $(readlink $each/exe) in */runtime/node|*/chromium) kill $(basename $each);; esac; done'

/** As if nobody had used it yet, whatever a try before this one has left. */
export const beginAnew = async (debian: DebianRoot): Promise<void> => {
  debian.run(['sh', '-c', END_ALL])
  await hasEnded(debian, /runtime\/node|chromium$/m)
  expect(debian.run(['rm', '-rf', LIBRARY]).code).toBe(0)
}
