import { LanguageServer } from './language-server.mjs';
import { places } from './build.mjs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
const [,, kind='completion', steps='200', warmArg]=process.argv;
const node=process.execPath;
const mk=(name,root)=>({name,command:[node,root+'/server/bin/kea-policy-language-server.js','--stdio'],language:'kea-policy'});
const json={name:'json',command:[node,places.peers+'/node_modules/vscode-langservers-extracted/bin/vscode-json-language-server','--stdio'],language:'json',schema:places.schema};
const regions=['DE','FR','PL','ES','IT','AT'];
const value={kind:'policy',name:'Workstations',description:'as agreed '.repeat(40),administrationGroup:'Managed devices',regions:Array.from({length:50},(_, i)=>regions[i%6]),ksn:{enforcement:'enforce',enabled:'true',useKscAsKsnProxy:false,statement:{version:'1',accepted:false}}};
mkdirSync('/tmp/askdoc',{recursive:true});
const file='/tmp/askdoc/policy.kea-policy.json';const text=JSON.stringify(value,undefined,2)+'\n';writeFileSync(file,text);
const uri=pathToFileURL(file).href;
const off=text.indexOf(kind==='hover'?'"useKscAsKsnProxy"':'"ksn"')+3;
const ls=text.slice(0,off).split('\n');const position={line:ls.length-1,character:ls.at(-1).length};
const all=[json,mk('old','/work/side/base'),mk('new','/work/main'),...(process.env.FL?[{name:'flag',command:[node,...process.env.FL.split(' '),'/work/main/server/bin/kea-policy-language-server.js','--stdio'],language:'kea-policy'}]:[])].filter(c=>!process.env.WHO||process.env.WHO.split(',').includes(c.name));
const st=[];
for(const c of all){const server=await LanguageServer.start(c);await server.open(uri,text,c.language);for(let i=0;i<100;i++){if((await server.pull(uri)).length)break;}st.push({name:c.name,server,t:[]});}
const warm=Number(warmArg??Math.ceil(+steps/5));
for(let s=-warm;s<+steps;s++)for(const {server,t} of st){await server.edit(uri,{start:position,end:position},'');const a=performance.now();const r=await server.ask('textDocument/'+kind,{textDocument:{uri},position});const d=performance.now()-a;if(s>=0)t.push(d);}
for(const {name,server,t} of st){await server.stop();const so=[...t].sort((a,b)=>a-b);const q=p=>so[Math.min(so.length-1,Math.floor(so.length*p))].toFixed(2);console.log(kind.padEnd(10),name.padEnd(5),'p50',q(.5),'p75',q(.75),'p90',q(.9),'p95',q(.95),'p99',q(.99));}
