import { spawnSync } from 'node:child_process'
import { connect } from 'node:net'
import { expect, test } from 'vitest'

test('the tests themselves reach this machine only, and so do the processes they start', async () => {
  await expect(fetch('http://192.0.2.1/')).rejects.toThrow('fetch failed')
  expect(() => connect(80, '192.0.2.1')).toThrow('tried to reach')
  const child = spawnSync(process.execPath, ['-e', "require('node:net').connect(80, '192.0.2.1')"], {
    encoding: 'utf8',
  })
  expect(child.stderr).toContain('tried to reach')
})
