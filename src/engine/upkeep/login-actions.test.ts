import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loginActions } from './login-actions.ts'

let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'algiers-login-'))
})
afterEach(() => rmSync(home, { recursive: true }))

const actionsOn = (platform: NodeJS.Platform) => loginActions({ platform, environment: {}, home })

test.each([
  ['linux', '.config/autostart/algiers.desktop', 'Exec='],
  ['darwin', 'Library/LaunchAgents/app.algiers.login.plist', '<key>RunAtLoad</key>'],
] as const)('on %s it is switched on by a file and off without it', async (platform, file, text) => {
  const { isOn, set } = actionsOn(platform)
  expect(await isOn()).toBe(false)
  await set(false)
  await set(true)
  expect(await isOn()).toBe(true)
  const written = readFileSync(join(home, file), 'utf8')
  expect(written).toContain(text)
  expect(written).toContain(process.execPath)
  expect(written).toContain('--at-login')
  await set(true)
  await set(false)
  expect(await isOn()).toBe(false)
})

/** A package, unpacked into a folder. */
const packageIn = (folder: string): { readonly node: string; readonly main: string } => {
  const place = join(home, folder)
  mkdirSync(place)
  writeFileSync(join(place, 'algiers'), '#!/bin/sh\n')
  return { node: join(place, 'runtime/node'), main: join(place, 'app/lib/cli/main.js') }
}

test.skipIf(process.platform === 'win32')(
  'a new version is started at login where the old one was, and not where none was',
  async () => {
    const machine = { platform: 'linux', environment: {}, home } as const
    const [old, anew] = ['algiers 1', 'algiers 2'].map((folder) => loginActions(machine, packageIn(folder)))
    const written = (): string => readFileSync(join(home, '.config/autostart/algiers.desktop'), 'utf8')
    await anew!.keepUp()
    expect(await anew!.isOn()).toBe(false)
    await old!.set(true)
    await actionsOn('linux').keepUp()
    expect(written()).toContain('algiers 1/algiers"')
    await anew!.keepUp()
    expect(written()).toContain('algiers 2/algiers"')
    expect(written()).not.toContain('algiers 1')
    // A desktop switches it off in the file.
    const off = written().replace('enabled=true', 'enabled=false')
    writeFileSync(join(home, '.config/autostart/algiers.desktop'), off)
    await old!.keepUp()
    expect(written()).toBe(off)
    await anew!.set(false)
  },
)

test.skipIf(process.platform === 'win32')(
  'a program that macOS runs from a place of its own is not started at login',
  async () => {
    const place = join(home, 'AppTranslocation/0-1/d/Algiers.app/Contents/Resources')
    const program = { node: join(place, 'runtime/node'), main: join(place, 'app/lib/cli/main.js') }
    const { set, isOn } = loginActions({ platform: 'darwin', environment: {}, home }, program)
    await expect(set(true)).rejects.toMatchObject({
      code: 'SETTING_INVALID',
      message: expect.stringContaining('Drag it'),
    })
    expect(await isOn()).toBe(false)
    await set(false)
  },
)

test('where the session keeps no such files, that is told', async () => {
  mkdirSync(join(home, '.config'))
  writeFileSync(join(home, '.config/autostart'), 'a file')
  await expect(actionsOn('linux').set(true)).rejects.toMatchObject({ code: 'SETTING_INVALID' })
})
