import { beginSparingly } from './begin-sparingly.ts'
import { giveRoom } from './give-room.ts'
import { keepCompiledCode } from './keep-compiled-code.ts'

keepCompiledCode()
beginSparingly(process.argv.slice(2))
giveRoom(process.argv.slice(2))
// Node keeps compiled only what is imported from here on.
await import('./run-process.ts')
