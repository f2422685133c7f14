"""opcon serve: who may ask for what, and that it follows the files: serve.py OPCON SOURCE_ROOT"""
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from opcon import Tap, wait_until  # noqa: E402

opcon, root = sys.argv[1:]
tap = Tap()
report = tap.check


class Server:
    def __init__(self, *words, lang='en'):
        self.process = subprocess.Popen([opcon, 'serve', *words, '--runs', '1000', '--lang', lang], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True, env={**os.environ, 'LANG': 'C'})
        self.line = self.process.stdout.readline()
        found = re.search(r'http://127\.0\.0\.1:(\d+)(/[0-9a-f]{32}/)', self.line)
        self.port, self.path = int(found.group(1)), found.group(2)

    def ask(self, path='', method='GET', headers={}, body=None, raw=False, timeout=60):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=timeout)
        connection.putrequest(method, path if raw else self.path + path, skip_host='Host' in headers)
        for name, value in headers.items():
            for one in value if isinstance(value, list) else [value]:
                connection.putheader(name, one)
        if body is not None:
            connection.putheader('Content-Length', str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        answer.text = answer.read().decode('utf-8', 'replace')
        connection.close()
        return answer

    def state(self, after):
        return json.loads(self.ask(f'state?after={after}').text)

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err


def save(path, content):
    """In one step: what follows the file never sees half of it."""
    with open(path + '~', 'w') as out:
        out.write(content)
    os.replace(path + '~', path)


folder = tempfile.mkdtemp()
scenario = os.path.join(folder, 'case')
shutil.copytree(os.path.join(root, 'scenarios/minimal'), scenario)
main = os.path.join(scenario, 'scenario.yaml')
text = open(main).read()
extra = os.path.join(scenario, 'more.yaml')
open(extra, 'w').write('questions:\n  late: {is: opening > 2028-01-01, title: Is it late?}\n')
open(main, 'w').write(text.replace('horizon:', 'include: [more.yaml]\nhorizon:'))
server = Server(scenario)
first = server.state(0)
report(first['version'] == 1 and first['good'] and first['report'] == 1, 'a report at first', first)

page, inner = server.ask(), server.ask('report')
report(page.status == 200 and '<iframe' in page.text and 'connect-src' in page.text, 'the page')
report(inner.status == 200 and 'Is it late?' in inner.text and len(inner.text) > 50000, 'the report in it')
wanted = {'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer',
          'Cross-Origin-Resource-Policy': 'same-origin'}
report(all(answer.headers[name] == value for answer in (page, inner) for name, value in wanted.items()), 'headers',
       [dict(page.headers), dict(inner.headers)])
report(page.headers['X-Frame-Options'] == 'DENY' and inner.headers['X-Frame-Options'] == 'SAMEORIGIN', 'nobody else frames it')
head = server.ask('report', 'HEAD')
report(head.status == 200 and not head.text and int(head.headers['Content-Length']) == len(inner.text.encode()), 'HEAD')

for host in ('evil.example', 'evil.example:%d' % server.port, '127.0.0.1', '127.0.0.1:1', '[::1]:%d' % server.port, '',
             'localhost.evil.example:%d' % server.port, '127.0.0.1:%d.evil.example' % server.port,
             ['127.0.0.1:%d' % server.port, 'evil.example']):
    answer = server.ask(headers={'Host': host})
    report(answer.status in (400, 403) and not answer.text.strip('<html>/ody') or answer.status == 400, f'Host {host!r} is refused', answer.status)
report(server.ask(headers={'Host': 'localhost:%d' % server.port}).status == 200, 'localhost is this machine')
for origin in ('http://evil.example', 'null', 'https://127.0.0.1:%d' % server.port, 'http://127.0.0.1:1', 'file://'):
    report(server.ask(headers={'Origin': origin}).status == 403, f'Origin {origin} is refused')
report(server.ask(headers={'Origin': 'http://127.0.0.1:%d' % server.port}).status == 200, 'its own origin')

for method in ('POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'CONNECT'):
    answer = server.ask(method=method, body=b'x=1' if method in ('POST', 'PUT', 'PATCH') else None)
    report(answer.status in (400, 405), f'{method} is refused', answer.status)
report(server.ask(method='POST', body=b'x' * 100000).headers['Allow'] == 'GET, HEAD', 'and says what is allowed')

wrong = server.path[:-2] + ('0' if server.path[-2] != '0' else '1') + '/'
for path in ('/', '/report', '/state', wrong, wrong + 'report', server.path[:-1], server.path.upper() if server.path.upper() != server.path else '/A/',
             server.path + '../', server.path + 'report/', server.path + '/report', server.path + 'report%00',
             server.path + '..%2f..%2fetc%2fpasswd', server.path + 'scenario.yaml', '/' + 'a' * 8000, server.path * 2, '//' + server.path):
    answer = server.ask(path, raw=True)
    report(answer.status in (400, 404, 414) and 'scenario' not in answer.text, f'{path[:60]!r} is not there', answer.status)
for path in ('state?after=', 'state?after=x', 'state?after=-1', 'state?after=99999999999999999999', 'state?after=1x', 'state?', 'state?after=0&after=1'):
    answer = server.ask(path, timeout=15)
    report(answer.status == 200 and json.loads(answer.text)['version'] == 1, f'{path} is answered at once')
for request in (b'GET / HTTP/1.0\r\n\r\n', b'\r\n\r\n', b'GET\r\n\r\n', b'GET ' + server.path.encode() + b' HTTP/1.1\r\n\r\n',
                b'\x16\x03\x01\x02\x00', b'GET / HTTP/1.1\r\n' + b'A: ' + b'b' * 60000):
    with socket.create_connection(('127.0.0.1', server.port), timeout=60) as s:
        try:
            s.sendall(request)
            s.shutdown(socket.SHUT_WR)
            answer = s.recv(100)
        except OSError:
            answer = b''
    report(b' 200 ' not in answer, f'{request[:24]!r} is refused', answer)
report(server.ask().status == 200, 'and it still answers')

# --- it follows the files ---
# Those who wait are woken every eighteen seconds after a change, so the change comes first.
open(extra, 'a').write('# nothing else\n')
while server.state(1)['version'] == 1:
    pass
waiting = []
threads = [threading.Thread(target=lambda: waiting.append(server.state(2))) for _ in range(20)]
for t in threads:
    t.start()
wait_until(lambda: len(waiting) >= 4, 'sixteen may wait, the others are answered at once')
save(extra, 'questions:\n  late: {is: opening > 2029-01-01, title: Is it later?}\n')
for t in threads:
    t.join(60)
report(len(waiting) == 20 and sum(s['version'] == 3 and s['good'] for s in waiting) == 16,
       'sixteen may wait, the others are answered at once; a file that is included is followed', waiting)
report('Is it later?' in server.ask('report').text, 'with its text')
save(main, text.replace('after: building', 'after: bilding'))
broken = server.state(3)
while broken['good']:
    broken = server.state(broken['version'])
report('bilding' in broken['said'] and 'scenario.yaml:' in broken['said'] and '\x1b' not in broken['said'], 'a broken scenario is told', broken)
report('Is it later?' in server.ask('report').text, 'the last report stays')
os.remove(main)
gone = server.state(broken['version'])
report(not gone['good'] and 'scenario.yaml' in gone['said'], 'a scenario that is gone', gone)
save(main, text)
again = server.state(gone['version'])
while not again['good']:
    again = server.state(again['version'])
report('Is it later?' not in server.ask('report').text, 'it recovers')
with_us = socket.create_connection(('127.0.0.1', server.port), timeout=60)
with_us.sendall(f"GET {server.path}state?after={again['version']} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
report(server.ask().status == 200, 'another is answered while somebody waits')
code, out, err = server.stop()
report(code == 0, 'Ctrl-C ends it, also while somebody waits', (code, err[-300:]))
report('bilding' in err and out.count('\n') >= 4, 'the terminal was told too', (out, err))

# --- in three languages; ports; a scenario that is broken from the start ---
open(main, 'w').write('scenario: [')
for lang, word in (('ja', '報告のアドレス'), ('ko', '보고서 주소')):
    server = Server(scenario, lang=lang)
    state = server.state(0)
    report(word in server.line and not state['good'] and server.ask('report').status == 404, f'{lang}: broken from the start', state)
    report(f'<html lang="{lang}">' in server.ask().text, f'{lang}: the page')
    taken = subprocess.run([opcon, 'serve', scenario, '--port', str(server.port), '--lang', lang], capture_output=True, text=True, timeout=60)
    report(taken.returncode == 3 and str(server.port) in taken.stderr, f'{lang}: a port that is taken', taken.stderr)
    secrets = server.path
    report(server.stop()[0] == 0, f'{lang}: ends')
other = Server(scenario)
report(other.path != secrets, 'another secret each time')
with socket.socket() as s:
    s.settimeout(1)
    address = next((line.split()[3].split('/')[0] for line in os.popen('ip -4 -o addr show scope global 2>/dev/null') if 'inet' in line), None)
    reached = address and s.connect_ex((address, other.port)) == 0
report(not reached, 'only on 127.0.0.1', address)
other.stop()
shutil.rmtree(folder)
tap.done()
