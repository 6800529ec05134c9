import { userInfo } from 'node:os'
import { expect, test } from 'vitest'
import { mendEnvironment } from './mend-environment.ts'

const mended = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  mendEnvironment(environment)
  return environment
}

test('folders that are absolute stay, whatever they are called', () => {
  const environment = { HOME: "/home/o'neil & 100%", XDG_DATA_HOME: '/data', XDG_CONFIG_HOME: '/Ünï côdé', PATH: 'bin' }
  expect(mended({ ...environment })).toEqual(environment)
})

test.skipIf(process.platform === 'win32')(
  'what is relative or empty is passed over, and the home is that of the person',
  () => {
    const home = process.env.HOME
    try {
      process.env.HOME = 'home'
      process.env.XDG_DATA_HOME = '~/data'
      mendEnvironment()
      expect([process.env.HOME, process.env.XDG_DATA_HOME]).toEqual([userInfo().homedir, undefined])
    } finally {
      process.env.HOME = home
      delete process.env.XDG_DATA_HOME
    }
    expect(mended({ HOME: '/h', XDG_CONFIG_HOME: '', XDG_CACHE_HOME: './c', XDG_STATE_HOME: 'C:\\s' })).toEqual({
      HOME: '/h',
    })
  },
)
