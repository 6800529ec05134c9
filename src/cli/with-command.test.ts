import { expect, test } from 'vitest'
import { withCommand } from './with-command.ts'

test.each([
  [[], ['serve']],
  [
    ['--port', '0'],
    ['serve', '--port', '0'],
  ],
  [['--help'], ['--help']],
  [
    ['tracks', '/music'],
    ['tracks', '/music'],
  ],
  [['nonsense'], ['nonsense']],
  [
    ['/home/dj/From a friend.algiers-model', 'two.algiers-model'],
    ['open', '/home/dj/From a friend.algiers-model', 'two.algiers-model'],
  ],
  [['peak.ALGIERS-MODEL'], ['open', 'peak.ALGIERS-MODEL']],
  [['C:\\Users\\dj\\song.mp3'], ['open', 'C:\\Users\\dj\\song.mp3']],
])('%j means %j', (argv, meant) => {
  expect(withCommand(argv)).toEqual(meant)
})
