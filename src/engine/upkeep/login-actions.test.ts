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

test('where the session keeps no such files, that is told', async () => {
  mkdirSync(join(home, '.config'))
  writeFileSync(join(home, '.config/autostart'), 'a file')
  await expect(actionsOn('linux').set(true)).rejects.toMatchObject({ code: 'SETTING_INVALID' })
})
