import assert from 'node:assert/strict';
import { programKind } from '../../../native-host/table/programKind';

describe('programKind', () => {
  const cases: readonly (readonly [string | null, string, string])[] = [
    ['/usr/bin/node', 'node', 'node'],
    ['/opt/venv/bin/python3.11', 'uvicorn', 'python'],
    ['/usr/lib/jvm/17/bin/java', 'java', 'java'],
    ['/usr/share/dotnet/dotnet', 'app', 'dotnet'],
    ['/usr/bin/ruby3.1', 'rails', 'ruby'],
    ['/bin/dash', 'sh', 'shell'],
    ['/bin/busybox', 'sleep', 'shell'],
    ['/usr/bin/nodemon-native', 'node', 'native'],
    ['/usr/bin/gdb', 'python3', 'native'],
    [null, 'python3', 'python'],
    [null, 'systemd', 'native'],
  ];
  for (const [exe, comm, kind] of cases) {
    it(`${exe ?? 'unreadable'} (${comm}) is ${kind}`, () =>
      assert.equal(programKind(exe, comm), kind));
  }
});
