import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { createCli } from './cli.ts'
import { buildProgram } from './program.ts'

const streams = {
  stdout: new PassThrough(),
  stderr: new PassThrough(),
  signal: new AbortController().signal,
} as never
const programFor = (...argv: readonly string[]) => buildProgram(createCli(streams), streams, argv)

test('each command alone is the one that the whole program has under its name', async () => {
  const whole = await programFor('--help')
  const files = readdirSync(join(import.meta.dirname, 'commands')).filter((name) => !name.endsWith('.test.ts'))
  expect(whole.commands.length).toBeGreaterThan(20)
  for (const command of whole.commands) {
    const { commands } = await programFor(command.name())
    expect(commands.map((one) => one.name())).toEqual([command.name()])
    expect(commands[0]!.helpInformation()).toBe(command.helpInformation())
  }
  const ends = whole.commands.flatMap((one) => (one.commands.length === 0 ? [one] : one.commands))
  expect(ends.length).toBeGreaterThan(80)
  expect(files.length).toBeGreaterThanOrEqual(ends.length)
})

test('what is no command is looked for among all', async () => {
  const [whole, wrong] = [await programFor('--help'), await programFor('libary')]
  expect(wrong.commands.map((one) => one.name())).toEqual(whole.commands.map((one) => one.name()))
})
