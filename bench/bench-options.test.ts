import { expect, test } from 'vitest'
import { HELP, readBenchOptions } from './bench-options.ts'

test('help names every option that is read', () => {
  expect(readBenchOptions(['--help'])).toBeNull()
  expect(readBenchOptions(['-h', '--page'])).toBeNull()
  for (const name of ['scan', 'page', 'start', 'sets', 'anneal', 'json', 'help']) expect(HELP).toContain(`  --${name} `)
})

test('everything is measured unless a part is asked for', () => {
  expect(readBenchOptions([])).toEqual({ part: null, annealMinutes: 1, json: false })
  expect(readBenchOptions(['--sets', '--anneal', '0.5', '--json'])).toEqual({
    part: 'sets',
    annealMinutes: 0.5,
    json: true,
  })
})

test.each([
  [['--pages'], 'BENCH_OPTION_UNKNOWN', /--pages.*--help/],
  [['page'], 'BENCH_OPTION_UNKNOWN', /page.*--help/],
  [['--json=yes'], 'BENCH_OPTION_UNKNOWN', /--json.*--help/],
  [['--anneal'], 'BENCH_OPTION_UNKNOWN', /--anneal.*--help/],
  [['--page', '--sets'], 'BENCH_PARTS_TOGETHER', /--page and --sets/],
  [['--anneal', '5'], 'BENCH_PARTS_TOGETHER', /--sets/],
  [['--sets', '--anneal', 'long'], 'BENCH_NOT_MINUTES', /--anneal is "long"/],
  [['--sets', '--anneal', '0'], 'BENCH_NOT_MINUTES', /--anneal is "0"/],
])('%j is refused as %s', (args, code, message) => {
  expect(() => readBenchOptions(args)).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  )
})
